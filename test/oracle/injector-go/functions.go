package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	meshconfig "istio.io/api/mesh/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

type texts = map[string]string

// functions are sprig's, and the injector's own over them, with the parameter types that istiod gives them.
func functions() template.FuncMap {
	all := sprig.TxtFuncMap()
	identity := func(text string) string { return text }
	own := template.FuncMap{
		"annotation": func(meta metav1.ObjectMeta, name string, fallback any) string {
			if value, ok := meta.Annotations[name]; ok {
				return value
			}
			return fmt.Sprint(fallback)
		},
		"appendMultusNetwork": withNetwork,
		"applicationPorts":    func(containers []corev1.Container) string { return ports(containers, "istio-proxy") },
		"contains":            func(needle, text string) bool { return strings.Contains(text, needle) },
		"directory":           func(path string) string { return path[:strings.LastIndex(path, "/")+1] },
		"env": func(name, fallback string) string {
			if value, ok := os.LookupEnv(name); ok {
				return value
			}
			return fallback
		},
		"excludeInboundPort":  withPort,
		"excludeInterfaces":   identity,
		"formatDuration":      func(duration *durationpb.Duration) string { return duration.AsDuration().String() },
		"fromJSON":            parsed,
		"includeInboundPorts": func(containers []corev1.Container) string { return ports(containers, "") },
		"indent": func(n int, text string) string {
			return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", n))
		},
		"isset":              func(table texts, key string) bool { _, ok := table[key]; return ok },
		"kubevirtInterfaces": identity,
		"mergeMaps":          merged,
		"omit": func(table texts, keys ...string) texts {
			left := merged(table)
			for _, key := range keys {
				delete(left, key)
			}
			return left
		},
		"omitNil":                func(table map[string]any) map[string]any { left, _ := withoutNil(table).(map[string]any); return left },
		"otelResourceAttributes": attributes,
		"protoToJSON":            protoText,
		"strdict": func(words ...string) texts {
			table := texts{}
			for i := 0; i < len(words); i += 2 {
				table[words[i]] = ""
				if i+1 < len(words) {
					table[words[i]] = words[i+1]
				}
			}
			return table
		},
		"structToJSON": func(value any) string {
			if value == nil {
				return "{}"
			}
			return compact(value)
		},
		"toJSON": func(table texts) string {
			if table == nil {
				return "{}"
			}
			return compact(table)
		},
		"toJsonMap": func(tables ...texts) string { return compact(merged(tables...)) },
		"toLower":   strings.ToLower,
		"toYaml": func(value any) string {
			text, err := yaml.Marshal(value)
			if err != nil {
				return ""
			}
			return string(text)
		},
		"valueOrDefault": func(value, fallback any) any {
			if value == nil || value == "" {
				return fallback
			}
			return value
		},
	}
	for name, function := range own {
		all[name] = function
	}
	return all
}

func parsed(text string) any {
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return "{}"
	}
	return value
}

func merged(tables ...texts) texts {
	all := texts{}
	for _, table := range tables {
		for key, value := range table {
			all[key] = value
		}
	}
	return all
}

func ports(containers []corev1.Container, except string) string {
	var found []string
	for _, container := range containers {
		for _, port := range container.Ports {
			if container.Name != except && port.Protocol != corev1.ProtocolUDP && port.Protocol != corev1.ProtocolSCTP {
				found = append(found, fmt.Sprint(port.ContainerPort))
			}
		}
	}
	return strings.Join(found, ",")
}

func withPort(port any, list string) string {
	added := strings.TrimSpace(fmt.Sprint(port))
	if added == "" || added == "0" {
		return list
	}
	var items []string
	for _, item := range strings.Split(list, ",") {
		if item == added {
			return list
		}
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return strings.Join(append(items, added), ",")
}

func withNetwork(networks, network string) string {
	if networks == "" {
		return network
	}
	end := strings.LastIndex(networks, "]")
	if end < 0 {
		for _, item := range strings.Split(networks, ",") {
			if strings.TrimSpace(item) == network {
				return networks
			}
		}
		return networks + ", " + network
	}
	var entries []struct{ Name, Namespace string }
	if err := json.Unmarshal([]byte(networks), &entries); err != nil {
		return networks
	}
	namespace, name, _ := strings.Cut(network, "/")
	for _, entry := range entries {
		if entry.Name == name && entry.Namespace == namespace {
			return networks
		}
	}
	return fmt.Sprintf(`%s, {"name": "%s", "namespace": "%s"}%s`, networks[:end], name, namespace, networks[end:])
}

func withoutNil(value any) any {
	switch value := value.(type) {
	case map[string]any:
		left := map[string]any{}
		for key, item := range value {
			if item = withoutNil(item); item != nil {
				left[key] = item
			}
		}
		if len(left) == 0 && len(value) > 0 {
			return nil
		}
		return left
	case []any:
		left := []any{}
		for _, item := range value {
			if item = withoutNil(item); item != nil {
				left = append(left, item)
			}
		}
		if len(left) == 0 && len(value) > 0 {
			return nil
		}
		return left
	}
	return value
}

// protoText leaves out of a ProxyConfig what the injector knows anyway.
func protoText(value proto.Message) string {
	if value == nil || !value.ProtoReflect().IsValid() {
		return "{}"
	}
	config, ok := value.(*meshconfig.ProxyConfig)
	if !ok {
		return compactProto(value)
	}
	left := proto.Clone(config).(*meshconfig.ProxyConfig)
	if left.ConfigPath == "./etc/istio/proxy" {
		left.ConfigPath = ""
	}
	if left.BinaryPath == "/usr/local/bin/envoy" {
		left.BinaryPath = ""
	}
	left.ControlPlaneAuthPolicy = 0
	if name, ok := left.ClusterName.(*meshconfig.ProxyConfig_ServiceCluster); ok && name.ServiceCluster == "istio-proxy" {
		left.ClusterName = nil
	}
	if left.DrainDuration.GetSeconds() == 45 && left.DrainDuration.GetNanos() == 0 {
		left.DrainDuration = nil
	}
	if left.TerminationDrainDuration.GetSeconds() == 5 && left.TerminationDrainDuration.GetNanos() == 0 {
		left.TerminationDrainDuration = nil
	}
	if left.DiscoveryAddress == "istiod.istio-system.svc:15012" {
		left.DiscoveryAddress = ""
	}
	if left.ProxyAdminPort == 15000 {
		left.ProxyAdminPort = 0
	}
	if left.StatNameLength == 189 {
		left.StatNameLength = 0
	}
	if left.StatusPort == 15020 {
		left.StatusPort = 0
	}
	return compactProto(left)
}

func compactProto(value proto.Message) string {
	text, err := protojson.Marshal(value)
	if err != nil {
		panic(err)
	}
	return compact(json.RawMessage(text))
}

func attributes(mesh *meshconfig.MeshConfig, annotations, labels texts, namespace string, containers []corev1.Container) string {
	wanted := false
	for _, provider := range mesh.GetExtensionProviders() {
		const conventions = meshconfig.MeshConfig_ExtensionProvider_OTEL_SEMANTIC_CONVENTIONS
		wanted = wanted || provider.GetOpentelemetry().GetServiceAttributeEnrichment() == conventions
	}
	if !wanted {
		return ""
	}
	annotated := func(name string) string { return annotations["resource.opentelemetry.io/service."+name] }
	version := or(annotated("version"), labels["app.kubernetes.io/version"])
	if version == "" && len(containers) == 1 {
		version = imageVersion(containers[0].Image)
	}
	instance := annotated("instance.id")
	if instance == "" && len(containers) > 0 {
		instance = namespace + ".$(POD_NAME)." + containers[0].Name
	}
	var found []string
	for _, pair := range [][2]string{
		{"namespace", or(annotated("namespace"), namespace)}, {"version", version}, {"instance.id", instance},
	} {
		if pair[1] != "" {
			found = append(found, "service."+pair[0]+"="+pair[1])
		}
	}
	return strings.Join(found, ",")
}

func or(first, second string) string {
	if first != "" {
		return first
	}
	return second
}

func imageVersion(image string) string {
	reference, digest, hasDigest := strings.Cut(image, "@")
	tag := ""
	if colon := strings.LastIndex(reference, ":"); colon > strings.LastIndex(reference, "/") {
		tag = reference[colon+1:]
	}
	if tag != "" && hasDigest {
		return tag + "@" + digest
	}
	return or(tag, digest)
}
