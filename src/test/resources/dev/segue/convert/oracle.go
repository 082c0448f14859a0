// The judge of the conversion: Go's own text/template with functions that do what confd's do, as far as a template can tell.
//
//	go run oracle.go          reads requests from standard input, a line each: {"template": "...", "store": {"key": "value"}},
//	                          and answers each with a line: {"output": "..."} or {"error": "..."}; all in base64 but the error
//	go run oracle.go corpus   writes corpus/expected.json: what each corpus/*.tmpl prints with each store of stores.json
//
// The world outside the store is the one that the tests have: two variables, a time, two hosts, one service.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"text/template"
	"time"
)

// KVPair has the name that Go prints of confd's type.
type KVPair struct{ Key, Value string }

type store map[string]string

func (s store) get(key string) (KVPair, error) {
	if value, ok := s[key]; ok {
		return KVPair{key, value}, nil
	}
	return KVPair{}, errors.New("key does not exist: " + key)
}

func (s store) getv(key string, otherwise ...string) (string, error) {
	pair, err := s.get(key)
	if err != nil && len(otherwise) > 0 {
		return otherwise[0], nil
	}
	return pair.Value, err
}

func (s store) gets(pattern string) ([]KVPair, error) {
	found := []KVPair{}
	for key, value := range s {
		matches, err := path.Match(pattern, key)
		if err != nil {
			return nil, err
		}
		if matches {
			found = append(found, KVPair{key, value})
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Key < found[j].Key })
	return found, nil
}

func (s store) getvs(pattern string) ([]string, error) {
	values := []string{}
	pairs, err := s.gets(pattern)
	for _, pair := range pairs {
		values = append(values, pair.Value)
	}
	sort.Strings(values)
	return values, err
}

func steps(name string) []string { return strings.Split(path.Clean(name), "/") }

func begins(all, first []string) bool {
	if len(all) < len(first) {
		return false
	}
	for i := range first {
		if all[i] != first[i] {
			return false
		}
	}
	return true
}

func sorted(names map[string]bool) []string {
	list := []string{}
	for name := range names {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}

// ls compares whole steps of cleaned paths, so that "/" has only keys that stand directly below it.
func (s store) ls(folder string) []string {
	names := map[string]bool{}
	for key := range s {
		if key == folder {
			names[path.Base(key)] = true
		} else if begins(steps(path.Dir(key)), steps(folder)) {
			rest := strings.TrimPrefix(strings.TrimPrefix(key, folder), "/")
			names[strings.Split(rest, "/")[0]] = true
		}
	}
	return sorted(names)
}

func (s store) lsdir(folder string) []string {
	names := map[string]bool{}
	for key := range s {
		dir := steps(path.Dir(key))
		if strings.HasPrefix(key, folder) && begins(dir, steps(folder)) && len(dir) > len(steps(folder)) {
			names[dir[len(steps(folder))]] = true
		}
	}
	return sorted(names)
}

var environment = map[string]string{"SET": "yes", "EMPTY": ""}

func getenv(name string, otherwise ...string) string {
	if value := environment[name]; value != "" || len(otherwise) == 0 {
		return value
	}
	return otherwise[0]
}

var hosts = map[string][]string{"app.test": {"10.0.0.10", "10.0.0.2", "2001:db8::1"}, "four.test": {"10.0.0.1"}}

func lookup(part string) func(string) []string {
	return func(host string) []string {
		found := []string{}
		for _, address := range hosts[host] {
			if strings.Contains(address, part) {
				found = append(found, address)
			}
		}
		return found
	}
}

func lookupSRV(service, proto, name string) []*net.SRV {
	if service+proto+name != "httptcpapp.test" {
		return []*net.SRV{}
	}
	return []*net.SRV{{"a.test.", 8, 0, 0}, {"a.test.", 81, 3, 4}, {"b.test.", 80, 1, 2}}
}

func reverse(list interface{}) interface{} {
	switch l := list.(type) {
	case []string:
		for i, j := 0, len(l)-1; i < j; i, j = i+1, j-1 {
			l[i], l[j] = l[j], l[i]
		}
	case []KVPair:
		for i, j := 0, len(l)-1; i < j; i, j = i+1, j-1 {
			l[i], l[j] = l[j], l[i]
		}
	}
	return list
}

func pairs(values ...interface{}) (map[string]interface{}, error) {
	if len(values)%2 != 0 {
		return nil, errors.New("invalid map call")
	}
	made := map[string]interface{}{}
	for i := 0; i < len(values); i += 2 {
		key, ok := values[i].(string)
		if !ok {
			return nil, errors.New("map keys must be strings")
		}
		made[key] = values[i+1]
	}
	return made, nil
}

func seq(first, last int) []int {
	numbers := []int{}
	for i := first; i <= last; i++ {
		numbers = append(numbers, i)
	}
	return numbers
}

func functions(s store) template.FuncMap {
	return template.FuncMap{
		"exists": func(key string) bool { _, ok := s[key]; return ok },
		"get":    s.get, "getv": s.getv, "gets": s.gets, "getvs": s.getvs, "ls": s.ls, "lsdir": s.lsdir,
		"base": path.Base, "dir": path.Dir, "split": strings.Split, "join": strings.Join,
		"replace": strings.Replace, "contains": strings.Contains, "trimSuffix": strings.TrimSuffix,
		"toUpper": strings.ToUpper, "toLower": strings.ToLower,
		"json": func(text string) (map[string]interface{}, error) {
			var object map[string]interface{}
			err := json.Unmarshal([]byte(text), &object)
			return object, err
		},
		"jsonArray": func(text string) ([]interface{}, error) {
			var array []interface{}
			err := json.Unmarshal([]byte(text), &array)
			return array, err
		},
		"map": pairs, "getenv": getenv,
		"datetime": func() time.Time { return time.Date(2026, 11, 23, 11, 20, 30, 456000000, time.FixedZone("CET", 3600)) },
		"lookupIP": lookup(""), "lookupIPV4": lookup("."), "lookupIPV6": lookup(":"), "lookupSRV": lookupSRV,
		"fileExists":   func(name string) bool { _, err := os.Stat(name); return !os.IsNotExist(err) },
		"base64Encode": func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) },
		"base64Decode": func(text string) (string, error) {
			bytes, err := base64.StdEncoding.DecodeString(text)
			return string(bytes), err
		},
		"parseBool": strconv.ParseBool, "atoi": strconv.Atoi,
		"add": func(a, b int) int { return a + b }, "sub": func(a, b int) int { return a - b },
		"mul": func(a, b int) int { return a * b }, "div": func(a, b int) int { return a / b },
		"mod": func(a, b int) int { return a % b }, "seq": seq, "reverse": reverse,
		"sortByLength": func(list []string) []string {
			sort.SliceStable(list, func(i, j int) bool { return len(list[i]) < len(list[j]) })
			return list
		},
		"sortKVByLength": func(list []KVPair) []KVPair {
			sort.SliceStable(list, func(i, j int) bool { return len(list[i].Key) < len(list[j].Key) })
			return list
		},
	}
}

func render(text string, s store) (string, error) {
	parsed, err := template.New("t.tmpl").Funcs(functions(s)).Parse(text)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = parsed.Execute(&out, nil)
	return strings.ReplaceAll(out.String(), "main.KVPair", "memkv.KVPair"), err
}

func encode(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func decode(text string) string {
	bytes, err := base64.StdEncoding.DecodeString(text)
	check(err)
	return string(bytes)
}

func decoded(s store) store {
	plain := store{}
	for key, value := range s {
		plain[decode(key)] = decode(value)
	}
	return plain
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer(requests *bufio.Reader) {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := json.NewDecoder(requests)
	answers := json.NewEncoder(out)
	for lines.More() {
		var request struct {
			Template string
			Store    store
		}
		check(lines.Decode(&request))
		output, err := render(decode(request.Template), decoded(request.Store))
		if err != nil {
			check(answers.Encode(map[string]string{"error": err.Error()}))
		} else {
			check(answers.Encode(map[string]string{"output": encode(output)}))
		}
	}
}

func corpus(folder string) {
	var stores map[string]store
	text, err := os.ReadFile(filepath.Join(filepath.Dir(folder), "stores.json"))
	check(err)
	check(json.Unmarshal(text, &stores))
	files, err := filepath.Glob(filepath.Join(folder, "*.tmpl"))
	check(err)
	expected := map[string]map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		check(err)
		outputs := map[string]string{}
		for name, s := range stores {
			output, err := render(string(text), decoded(s))
			if err != nil {
				outputs[name] = "error"
			} else {
				outputs[name] = encode(output)
			}
		}
		expected[filepath.Base(file)] = outputs
	}
	all, err := json.MarshalIndent(expected, "", " ")
	check(err)
	check(os.WriteFile(filepath.Join(folder, "expected.json"), append(all, '\n'), 0o644))
}

func main() {
	if len(os.Args) > 1 {
		corpus(os.Args[1])
	} else {
		answer(bufio.NewReader(os.Stdin))
	}
}
