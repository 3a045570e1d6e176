// Command injector-go runs injection templates as istiod does: through Go's own text/template with sprig's functions, on
// the Go types of Kubernetes, the Gateway API and Istio's mesh configuration. What our engine tests on JSON is thereby
// tested on the real thing, where a nil pointer, a named type or a function's parameter can refuse what JSON allows.
//
// Each line of the standard input is a JSON object {name, text, data}, the data as ../../../../shared/injection writes
// it; each line of the standard output is {objects} or {error}.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/template"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	meshconfig "istio.io/api/mesh/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	gateway "sigs.k8s.io/gateway-api/apis/v1"
	"sigs.k8s.io/yaml"
)

type question struct {
	Name string
	Text string
	Data map[string]any
}

type answer struct {
	Objects []any  `json:"objects,omitempty"`
	Error   string `json:"error,omitempty"`
}

// common is what both kinds of templates get.
type common struct {
	Values           map[string]any
	Revision         string
	NativeSidecars   bool
	ProxyImage       string
	ProxyUID         int64
	ProxyGID         int64
	CompliancePolicy string
}

type meshes struct {
	ProxyConfig *meshconfig.ProxyConfig
	MeshConfig  *meshconfig.MeshConfig
}

// podData is the data of templates for pods.
type podData struct {
	common
	meshes
	TypeMeta                 metav1.TypeMeta
	DeploymentMeta           types.NamespacedName
	ObjectMeta               metav1.ObjectMeta
	Spec                     corev1.PodSpec
	InboundTrafficPolicyMode string
}

type clusterID string

// gatewayData is the data of templates for objects of a Gateway.
type gatewayData struct {
	*gateway.Gateway
	common
	meshes
	GatewayClass              string
	DeploymentName            string
	ServiceAccount            string
	Ports                     []corev1.ServicePort
	ServiceType               corev1.ServiceType
	ClusterID                 clusterID
	KubeVersion               int
	InfrastructureLabels      map[string]string
	InfrastructureAnnotations map[string]string
	GatewayNameLabel          string
	IsEastWestGateway         bool
	ControllerLabel           string
	AgentgatewayImage         string
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for in.Scan() {
		var asked question
		objects, err := []any(nil), json.Unmarshal(in.Bytes(), &asked)
		if err == nil {
			objects, err = run(asked)
		}
		given := answer{Objects: objects}
		if err != nil {
			given.Error = err.Error()
		}
		if err := encoder.Encode(given); err != nil {
			panic(err)
		}
	}
}

func run(asked question) ([]any, error) {
	made, err := template.New(asked.Name).Funcs(functions()).Parse(asked.Text)
	if err != nil {
		return nil, err
	}
	data, err := typed(asked.Data)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	if err := made.Execute(&text, data); err != nil {
		return nil, err
	}
	var objects []any
	for _, part := range documents(text.String()) {
		var object any
		if err := yaml.Unmarshal([]byte(part), &object); err != nil {
			return nil, fmt.Errorf("%w in:\n%s", err, part)
		}
		if object != nil {
			objects = append(objects, object)
		}
	}
	return objects, nil
}

func documents(text string) []string {
	parts := []string{""}
	for _, line := range strings.SplitAfter(text, "\n") {
		if strings.HasPrefix(line, "---") {
			parts = append(parts, "")
			continue
		}
		parts[len(parts)-1] += line
	}
	return parts
}

// typed decodes the data; encoding/json finds the fields of Kubernetes' types by their Go names too.
func typed(data map[string]any) (any, error) {
	var shared meshes
	mesh, proxy := data["MeshConfig"], data["ProxyConfig"]
	delete(data, "MeshConfig")
	delete(data, "ProxyConfig")
	if mesh != nil {
		shared.MeshConfig = &meshconfig.MeshConfig{}
		if err := message(mesh, shared.MeshConfig); err != nil {
			return nil, err
		}
	}
	if proxy != nil {
		shared.ProxyConfig = &meshconfig.ProxyConfig{}
		if err := message(proxy, shared.ProxyConfig); err != nil {
			return nil, err
		}
	}
	text, err := json.Marshal(plain(data))
	if err != nil {
		return nil, err
	}
	if _, isPod := data["InboundTrafficPolicyMode"]; isPod {
		pod := podData{meshes: shared}
		err = decode(text, &pod, &pod.common)
		return pod, err
	}
	controlled := gatewayData{meshes: shared, Gateway: &gateway.Gateway{}}
	var object struct {
		ObjectMeta metav1.ObjectMeta
		TypeMeta   metav1.TypeMeta
		Spec       gateway.GatewaySpec
	}
	if err = decode(text, &controlled.common, &object); err != nil {
		return nil, err
	}
	// What the Gateway promotes would be taken for fields of the data itself.
	for _, name := range []string{"Spec", "Status", "ObjectMeta", "TypeMeta", "Name", "Namespace", "Labels", "Annotations"} {
		delete(data, name)
	}
	if text, err = json.Marshal(plain(data)); err != nil {
		return nil, err
	}
	err = decode(text, &controlled)
	*controlled.Gateway = gateway.Gateway{ObjectMeta: object.ObjectMeta, TypeMeta: object.TypeMeta, Spec: object.Spec}
	return controlled, err
}

func decode(text []byte, targets ...any) error {
	for _, target := range targets {
		if err := json.Unmarshal(text, target); err != nil {
			return err
		}
	}
	return nil
}

// message decodes what the data holds of a protobuf message in its JSON form.
func message(value any, into proto.Message) error {
	text, err := json.Marshal(value.(map[string]any)["__json"])
	if err != nil {
		return err
	}
	return protojson.Unmarshal(text, into)
}

// plain puts the JSON form of a value in the place of its description.
func plain(value any) any {
	switch value := value.(type) {
	case []any:
		for i, item := range value {
			value[i] = plain(item)
		}
	case map[string]any:
		if _, isQuantity := value["__string"]; isQuantity {
			return value["__json"]
		}
		delete(value, "__json")
		for key, item := range value {
			value[key] = plain(item)
		}
	}
	return value
}

func compact(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	var out bytes.Buffer
	if err := json.Compact(&out, text); err != nil {
		panic(err)
	}
	return out.String()
}
