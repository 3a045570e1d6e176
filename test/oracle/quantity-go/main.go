// Answers, for each JSON text on standard input, the form in which the API server stores it as a quantity.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/api/resource"
)

type answer struct {
	Stored string `json:"stored,omitempty"`
	Error  string `json:"error,omitempty"`
}

func stored(value json.RawMessage) answer {
	var quantity resource.Quantity
	if err := json.Unmarshal(value, &quantity); err != nil {
		return answer{Error: err.Error()}
	}
	text, err := json.Marshal(quantity)
	if err != nil {
		return answer{Error: err.Error()}
	}
	// What was stored is read and stored again, as every update does.
	var again resource.Quantity
	if err := json.Unmarshal(text, &again); err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Stored: again.String()}
}

func main() {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var value json.RawMessage
		if err := in.Decode(&value); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if err := out.Encode(stored(value)); err != nil {
			os.Exit(1)
		}
	}
}
