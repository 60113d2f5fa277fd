package fhir_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// ukCore is what HL7 UK publishes: profiles and code systems by their address.
// It is read from the folder that THROUGHGATE_DATA names, for it is not ours to
// copy. The profiles are differences from FHIR R4 itself, which is not there:
// what R4 demands beside them, the golden documents were checked for with a
// validator.
type ukCore struct {
	profiles map[string]profile
	codes    map[string]map[string]string // system, code, display
}

type profile struct {
	Type         string `json:"type"`
	URL          string `json:"url"`
	Differential struct {
		Element []element `json:"element"`
	} `json:"differential"`
}

type element struct {
	ID   string `json:"id"`
	Min  int    `json:"min"`
	Type []struct {
		Code string `json:"code"`
	} `json:"type"`
}

type codeSystem struct {
	URL     string `json:"url"`
	Concept []code `json:"concept"`
}

type code struct {
	Code    string `json:"code"`
	Display string `json:"display"`
	Concept []code `json:"concept"`
}

func readUKCore(t *testing.T) ukCore {
	t.Helper()
	folder := os.Getenv("THROUGHGATE_DATA")
	if folder == "" {
		t.Skip("THROUGHGATE_DATA is not set, so the profiles of UK Core were not read")
	}
	core := ukCore{make(map[string]profile), make(map[string]map[string]string)}
	each(t, filepath.Join(folder, "ukcore", "structuredefinitions-json"), func(content []byte) error {
		var p profile
		err := json.Unmarshal(content, &p)
		core.profiles[p.URL] = p
		return err
	})
	each(t, filepath.Join(folder, "ukcore", "codesystems-json"), func(content []byte) error {
		var s codeSystem
		err := json.Unmarshal(content, &s)
		core.codes[s.URL] = make(map[string]string)
		keep(core.codes[s.URL], s.Concept)
		return err
	})
	return core
}

func keep(in map[string]string, codes []code) {
	for _, c := range codes {
		in[c.Code] = c.Display
		keep(in, c.Concept)
	}
}

func each(t *testing.T, folder string, read func([]byte) error) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", folder, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err == nil {
			err = read(content)
		}
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
}

func TestHeadingsAreThoseOfUKCore(t *testing.T) {
	headings := readUKCore(t).codes["https://fhir.hl7.org.uk/CodeSystem/UKCore-RecordStandardHeadings"]
	for _, h := range model.Headings() {
		if display, known := headings[string(h.Code)]; display != h.Name {
			t.Errorf("%s is %q, here %q (known: %t)", h.Code, display, h.Name, known)
		}
	}
}

func TestDocumentsKeepToUKCore(t *testing.T) {
	core := readUKCore(t)
	for _, c := range cases(t) {
		bundle, err := read(write(t, c))
		if err != nil {
			t.Fatal(err)
		}
		for _, complaint := range core.complaints(bundle) {
			t.Errorf("%s: %s", c.name, complaint)
		}
	}
}

// complaints are the resources of no known profile or without what it demands,
// extensions that are not defined, and codes of UK Core that are not there or
// mean something else.
func (core ukCore) complaints(bundle tree) (out []string) {
	walk(bundle, "Bundle", func(path string, v any) {
		node, is := v.(tree)
		if !is {
			return
		}
		if kind, is := node["resourceType"].(string); is && kind != "Binary" {
			out = append(out, core.ofResource(path, kind, node)...)
		}
		if url, is := node["url"].(string); is && core.profiles[url].Type != "Extension" {
			out = append(out, path+": no such extension "+url)
		}
		system, _ := node["system"].(string)
		if code, is := node["code"].(string); is && strings.HasPrefix(system, "https://fhir.hl7.org.uk/") {
			if display, known := core.codes[system][code]; !known || display != node["display"] {
				out = append(out, path+": "+system+"#"+code+" is "+display)
			}
		}
	})
	return out
}

func (core ukCore) ofResource(path, kind string, node tree) (out []string) {
	url, _ := get(node, "meta", "profile", 0).(string)
	p, known := core.profiles[url]
	if !known || p.Type != kind {
		return []string{path + ": no such profile of " + kind + ": " + url}
	}
	for _, e := range p.Differential.Element {
		if e.Min > 0 && !strings.Contains(e.ID, ":") && !has(node, strings.Split(e.ID, ".")[1:]) {
			out = append(out, path+": "+e.ID+" is missing")
		}
	}
	return out
}

// has tells whether every element above the last of a path has the last.
func has(v any, path []string) bool {
	if len(path) == 0 {
		return v != nil
	}
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if !has(one, path) {
				return false
			}
		}
		return true
	case tree:
		next, there := v[path[0]]
		return there && has(next, path[1:]) || !there && len(path) > 1
	}
	return false
}
