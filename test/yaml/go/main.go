// Answers, one JSON line for one JSON line, what Go's YAML and JSON packages make of a text or of a value. The tests of
// src/yaml compare with it.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"strings"

	goyaml "go.yaml.in/yaml/v2"
	"sigs.k8s.io/yaml"
)

type question struct {
	// Op is "read" (the first document of Text), "stream" (whether all of them are well-formed; their number), "write"
	// (Value as YAML) or "pretty" (Value as indented JSON).
	Op    string `json:"op"`
	Text  string `json:"text"`
	Value any    `json:"value"`
}

type answer struct {
	Value any     `json:"value,omitempty"`
	Text  *string `json:"text,omitempty"`
	Error string  `json:"error,omitempty"`
}

func reply(q question) answer {
	var out []byte
	var err error
	switch q.Op {
	case "read":
		var value any
		if err = yaml.Unmarshal([]byte(q.Text), &value); err != nil {
			return answer{Error: err.Error()}
		}
		return answer{Value: value}
	case "stream":
		count := 0
		for decoder := goyaml.NewDecoder(strings.NewReader(q.Text)); ; count++ {
			var value any
			if err = decoder.Decode(&value); err == io.EOF {
				return answer{Value: count}
			} else if err != nil {
				return answer{Error: err.Error()}
			}
		}
	case "write":
		out, err = yaml.Marshal(q.Value)
	case "pretty":
		out, err = json.MarshalIndent(q.Value, "", "  ")
	}
	if err != nil {
		return answer{Error: err.Error()}
	}
	text := string(out)
	return answer{Text: &text}
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	decoder := json.NewDecoder(in)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		var q question
		if err := decoder.Decode(&q); err != nil {
			return
		}
		if err := encoder.Encode(reply(q)); err != nil {
			// The answer itself has no JSON form; say so instead of stopping.
			_ = encoder.Encode(answer{Error: err.Error()})
		}
	}
}
