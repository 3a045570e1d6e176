// Command main runs templates through Go's own text/template, so that the tests can compare our engine with it.
//
// Each line of the standard input is a JSON object {name, template, data, missingKey, delimiters, others}, each line of
// the standard output {output} or {error}. The others are names and texts of templates that can be called. Numbers are float64; what JSON cannot say is tagged: {"$int": "5"},
// {"$float": "NaN"}, {"$strings": {…}} for map[string]string and {"$texts": […]} for []string.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"text/template"
)

type request struct {
	Name       string      `json:"name"`
	Template   string      `json:"template"`
	Data       any         `json:"data"`
	MissingKey string      `json:"missingKey"`
	Delimiters [2]string   `json:"delimiters"`
	Others     [][2]string `json:"others"`
}

type answer struct {
	Output *string `json:"output,omitempty"`
	Error  *string `json:"error,omitempty"`
}

// functions are defined alike in host.ts.
var functions = template.FuncMap{
	"upper":   strings.ToUpper,
	"nothing": func() any { return nil },
	"give":    func(value any) any { return value },
	"list":    func(values ...any) []any { return values },
	"refuse":  func(message string) (string, error) { return "", errors.New(message) },
	"join": func(separator string, parts []any) string {
		texts := make([]string, len(parts))
		for i, part := range parts {
			texts[i] = fmt.Sprint(part)
		}
		return strings.Join(texts, separator)
	},
	"sum": func(numbers ...int) int {
		total := 0
		for _, number := range numbers {
			total += number
		}
		return total
	},
	"half":   func(number float64) float64 { return number / 2 },
	"both":   func(a, b bool) bool { return a && b },
	"keys":   func(table map[string]any) int { return len(table) },
	"repeat": func(count int, text string) string { return strings.Repeat(text, count) },
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for in.Scan() {
		var asked request
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if err := encoder.Encode(run(asked)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func run(asked request) answer {
	made := template.New(asked.Name).Funcs(functions).Delims(asked.Delimiters[0], asked.Delimiters[1])
	if asked.MissingKey != "" {
		made.Option("missingkey=" + asked.MissingKey)
	}
	_, err := made.Parse(asked.Template)
	for _, other := range asked.Others {
		if err == nil {
			_, err = made.New(other[0]).Parse(other[1])
		}
	}
	var text strings.Builder
	if err == nil {
		err = made.ExecuteTemplate(&text, asked.Name, decoded(asked.Data))
	}
	if err != nil {
		message := err.Error()
		return answer{Error: &message}
	}
	output := text.String()
	return answer{Output: &output}
}

// decoded replaces tagged values and gives every list exactly the room it needs, which `slice` can see.
func decoded(value any) any {
	switch value := value.(type) {
	case []any:
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = decoded(item)
		}
		return list
	case map[string]any:
		for tag, decode := range tags {
			if tagged, ok := value[tag]; ok && len(value) == 1 {
				return decode(tagged)
			}
		}
		for key, item := range value {
			value[key] = decoded(item)
		}
		return value
	}
	return value
}

// What these hold is decoded in turn; said in the table itself, that would be a circle.
func init() {
	tags["$sequence"] = func(value any) any {
		items := decoded(value).([]any)
		return func(yield func(any) bool) {
			for _, item := range items {
				if !yield(item) {
					return
				}
			}
		}
	}
	tags["$pairs"] = func(value any) any {
		items := decoded(value).([]any)
		return func(yield func(any, any) bool) {
			for _, item := range items {
				if pair := item.([]any); !yield(pair[0], pair[1]) {
					return
				}
			}
		}
	}
}

var tags = map[string]func(any) any{
	"$int": func(value any) any {
		number, err := strconv.Atoi(value.(string))
		if err != nil {
			panic(err)
		}
		return number
	},
	"$float": func(value any) any {
		number, err := strconv.ParseFloat(value.(string), 64)
		if err != nil {
			panic(err)
		}
		return number
	},
	"$strings": func(value any) any {
		table := map[string]string{}
		for key, item := range value.(map[string]any) {
			table[key] = item.(string)
		}
		return table
	},
	"$texts": func(value any) any {
		texts := make([]string, len(value.([]any)))
		for i, item := range value.([]any) {
			texts[i] = item.(string)
		}
		return texts
	},
}
