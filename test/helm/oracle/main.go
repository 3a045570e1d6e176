// Renders charts with Helm itself: one case a line on stdin, one answer a line on stdout, both JSON.
//
// A case without "args" is rendered by Helm's engine and answered file by file; one with "args" is what `helm template`
// prints when it is called with them, where "CHART" stands for the folder of the case's files.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/loader/archive"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	helmcmd "helm.sh/helm/v4/pkg/cmd"
	"helm.sh/helm/v4/pkg/engine"
)

type question struct {
	Files  map[string]string `json:"files"`
	Binary map[string]string `json:"binary"`
	Values string            `json:"values"`
	Args   []string          `json:"args"`
}

type answer struct {
	Output map[string]string `json:"output,omitempty"`
	Stdout string            `json:"stdout,omitempty"`
	Error  string            `json:"error,omitempty"`
}

func main() {
	log.SetOutput(io.Discard)
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var q question
			if err := json.Unmarshal(line, &q); err != nil {
				panic(err)
			}
			text, _ := json.Marshal(solve(q))
			out.Write(text)
			out.WriteByte('\n')
		}
		if err != nil {
			return
		}
	}
}

func solve(q question) (a answer) {
	defer func() {
		if r := recover(); r != nil {
			a = answer{Error: fmt.Sprintf("panic: %v", r)}
		}
	}()
	var err error
	if q.Args == nil {
		a.Output, err = render(q)
	} else {
		a.Stdout, err = template(q)
	}
	if err != nil {
		a.Error = err.Error()
	}
	return a
}

func render(q question) (map[string]string, error) {
	files := []*archive.BufferedFile{}
	for name, text := range q.Files {
		files = append(files, &archive.BufferedFile{Name: name, Data: []byte(text)})
	}
	chart, err := loader.LoadFiles(files)
	if err != nil {
		return nil, err
	}
	values, err := loader.LoadValues(strings.NewReader(q.Values))
	if err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependencies(chart, values); err != nil {
		return nil, err
	}
	release := common.ReleaseOptions{Name: "release-name", Namespace: "default", Revision: 1, IsInstall: true}
	top, err := util.ToRenderValues(chart, values, release, nil)
	if err != nil {
		return nil, err
	}
	return engine.Render(chart, top)
}

func template(q question) (string, error) {
	folder, err := os.MkdirTemp("", "oracle")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	write := func(name string, data []byte) {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			panic(err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			panic(err)
		}
	}
	for name, text := range q.Files {
		write(name, []byte(text))
	}
	for name, text := range q.Binary {
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			panic(err)
		}
		write(name, data)
	}
	// Helm keeps the namespace of one call for the next.
	args := []string{"template", "--namespace", "default"}
	for _, arg := range q.Args {
		args = append(args, strings.ReplaceAll(arg, "CHART", folder))
	}
	var stdout bytes.Buffer
	os.Args = append([]string{"helm"}, args...)
	command, err := helmcmd.NewRootCmd(&stdout, args, func(bool) {})
	if err != nil {
		return "", err
	}
	command.SetArgs(args)
	command.SetOut(&stdout)
	command.SetErr(io.Discard)
	err = command.Execute()
	if err != nil {
		err = fmt.Errorf("%s", strings.ReplaceAll(err.Error(), folder, "CHART"))
	}
	return stdout.String(), err
}
