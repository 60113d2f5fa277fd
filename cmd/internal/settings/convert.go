package settings

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
)

// valueAt is what a field's pointer points to.
func valueAt(pointer any) any { return reflect.ValueOf(pointer).Elem().Interface() }

// give puts a value of TOML into a field. What it returns completes "theme …";
// "" when the value is good.
func (f field) give(s *Settings, raw any) string {
	value, wrong := f.convert(f.at(s), raw)
	if wrong == "" {
		wrong = f.wrong(value)
	}
	if wrong == "" {
		reflect.ValueOf(f.at(s)).Elem().Set(reflect.ValueOf(value))
	}
	return wrong
}

// convert makes a Go value of the kind that a field has.
func (f field) convert(pointer, raw any) (value any, wrong string) {
	switch pointer.(type) {
	case *string:
		if text, is := raw.(string); is {
			return text, ""
		}
		return nil, "must be text in quotes: " + f.allowed
	case *bool:
		if yes, is := raw.(bool); is {
			return yes, ""
		}
		return nil, "must be true or false, without quotes"
	case *int:
		if n, is := raw.(int64); is && int64(int(n)) == n {
			return int(n), ""
		}
		return nil, fmt.Sprintf("must be a whole number, %s, without quotes", f.allowed)
	case *TimeOfDay:
		return timeOfDay(raw)
	}
	return texts(raw)
}

var clock = regexp.MustCompile(`^([01][0-9]|2[0-3]):([0-5][0-9])$`)

func timeOfDay(raw any) (any, string) {
	text, _ := raw.(string)
	if !clock.MatchString(text) {
		return nil, `must be a time of day in quotes, such as "07:30"`
	}
	two := func(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }
	return TimeOfDay(two(text)*60 + two(text[3:])), ""
}

func texts(raw any) (any, string) {
	const wrong = `must be a list of texts in quotes, such as ["age1..."]`
	list, is := raw.([]any)
	if !is {
		return nil, wrong
	}
	all := make([]string, 0, len(list))
	for _, each := range list {
		text, is := each.(string)
		if !is {
			return nil, wrong
		}
		all = append(all, text)
	}
	return slices.Clip(all), ""
}
