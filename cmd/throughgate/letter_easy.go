package main

import (
	"bytes"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/letter"
)

// easyFormat writes the easy-read copy for the person as a file of this ending.
func easyFormat(ending string, welsh bool) func(model.Letter, letter.Options) ([]byte, error) {
	return func(l model.Letter, o letter.Options) ([]byte, error) {
		e := letter.Easy{Options: o, Welsh: welsh}
		switch ending {
		case ".pdf":
			var out bytes.Buffer
			err := letter.EasyPDF(&out, l, e)
			return out.Bytes(), err
		case ".txt":
			text, err := letter.EasyText(l, e)
			return []byte(text), err
		}
		return nil, model.Invalid("The easy-read copy is written as .pdf or .txt.", "Give the file one of these endings.")
	}
}
