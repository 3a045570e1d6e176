// Answers, with Kubernetes' own code, what this project's strategic merge is compared with.
//
//	merge-go merge   reads one JSON question a line {"type", "original", "patch"}, answers {"result"} or {"error"}
//	merge-go types   prints the fields of every API type that is reachable from the kinds below
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"

	admission "k8s.io/api/admissionregistration/v1"
	apps "k8s.io/api/apps/v1"
	autoscaling "k8s.io/api/autoscaling/v2"
	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	rbac "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

var kinds = []any{
	admission.MutatingWebhookConfiguration{},
	admission.ValidatingAdmissionPolicy{},
	admission.ValidatingAdmissionPolicyBinding{},
	admission.ValidatingWebhookConfiguration{},
	apps.DaemonSet{},
	apps.Deployment{},
	autoscaling.HorizontalPodAutoscaler{},
	core.ConfigMap{},
	core.Namespace{},
	core.Pod{},
	core.ResourceQuota{},
	core.Secret{},
	core.Service{},
	core.ServiceAccount{},
	discovery.EndpointSlice{},
	networking.NetworkPolicy{},
	policy.PodDisruptionBudget{},
	rbac.ClusterRole{},
	rbac.ClusterRoleBinding{},
	rbac.Role{},
	rbac.RoleBinding{},
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "types" {
		found := map[string]map[string]field{}
		for _, kind := range kinds {
			describe(reflect.TypeOf(kind), found)
		}
		print(found)
		return
	}
	structs := map[string]any{}
	for _, kind := range kinds {
		structs[name(reflect.TypeOf(kind))] = kind
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var question struct {
			Type            string
			Original, Patch json.RawMessage
		}
		if err := json.Unmarshal(lines.Bytes(), &question); err != nil {
			panic(err)
		}
		print(answer(structs[question.Type], question.Original, question.Patch))
	}
}

// A panic of Kubernetes' code is an answer too.
func answer(kind any, original, patch []byte) (reply map[string]any) {
	defer func() {
		if reason := recover(); reason != nil {
			reply = map[string]any{"error": fmt.Sprint("panic: ", reason)}
		}
	}()
	merged, err := strategicpatch.StrategicMergePatch(original, patch, kind)
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	return map[string]any{"result": json.RawMessage(merged)}
}

type field struct {
	Type     any    `json:"type"`
	Strategy string `json:"strategy,omitempty"`
	Key      string `json:"key,omitempty"`
}

func describe(t reflect.Type, found map[string]map[string]field) {
	if _, done := found[name(t)]; done {
		return
	}
	fields := map[string]field{}
	found[name(t)] = fields
	collect(t, fields, found)
}

func collect(t reflect.Type, fields map[string]field, found map[string]map[string]field) {
	for i := range t.NumField() {
		member := t.Field(i)
		word, _, _ := strings.Cut(member.Tag.Get("json"), ",")
		switch {
		case word == "-":
		case word == "status" && member.Type.Kind() == reflect.Struct:
			fields[word] = field{Type: "any"}
		case word == "":
			collect(member.Type, fields, found)
		default:
			fields[word] = field{
				Type:     shape(member.Type, found),
				Strategy: member.Tag.Get("patchStrategy"),
				Key:      member.Tag.Get("patchMergeKey"),
			}
		}
	}
}

func shape(t reflect.Type, found map[string]map[string]field) any {
	switch t.String() {
	case "v1.Time":
		return "time"
	case "v1.FieldsV1":
		return "any"
	case "resource.Quantity":
		return "quantity"
	case "intstr.IntOrString":
		return "intOrString"
	case "[]uint8":
		return "bytes"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return shape(t.Elem(), found)
	case reflect.Slice:
		return map[string]any{"list": shape(t.Elem(), found)}
	case reflect.Map:
		return map[string]any{"map": shape(t.Elem(), found)}
	case reflect.Struct:
		describe(t, found)
		return name(t)
	default:
		return t.Kind().String()
	}
}

// core/v1.Container from k8s.io/api/core/v1, meta/v1.ObjectMeta from k8s.io/apimachinery/pkg/apis/meta/v1.
func name(t reflect.Type) string {
	parts := strings.Split(t.PkgPath(), "/")
	return strings.Join(parts[len(parts)-2:], "/") + "." + t.Name()
}

func print(value any) {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(text))
}
