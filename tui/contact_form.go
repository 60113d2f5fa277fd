package tui

import (
	"errors"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

const contactForm = "contact"

// whyNoContact: where a restricted person lives is not to be looked at, so it
// cannot be changed here either (NHS "sensitive" patients, security label R).
func whyNoContact(e *env, r *model.Record) string {
	if why := e.allow(r, &model.ContactSet{}); why != "" {
		return why
	}
	if r.Shared.Restricted {
		return withheld + "."
	}
	return ""
}

// newContactForm asks where the person will live and how they can be reached.
func newContactForm(e *env, r *model.Record) Screen {
	have := r.Health.Contact.ContactDetails
	living := part.Field{Key: "living", Kind: part.ChoiceField, Label: "Where will they live?", Required: "Say where the person will live",
		Hint: "A practice registers people without an address."}
	for _, l := range model.Livings() {
		living.Options = append(living.Options, part.Option{Value: string(l), Label: l.Words()})
	}
	addressed := func(v part.Values) bool { return model.Living(v["living"]).Addressed() }
	return newForm(e, r, formSpec{
		title: "Where the person will live", name: contactForm, button: "Keep", done: "Where the person will live is kept.", compact: true,
		start: map[string]string{
			"living": string(livingOf(have)), "address": strings.Join(have.Address, "\n"), "postcode": have.Postcode,
			"phone": have.Phone, "email": have.Email, "safe": have.Safe,
		},
		fields: []part.Field{
			living,
			{Key: "address", Kind: part.LongField, Label: "Address", Optional: true, Hint: "A line for each, without the postcode.", ShowIf: addressed, Max: 400},
			{Key: "postcode", Label: "Postcode", Optional: true, ShowIf: addressed, Max: 10, Check: wrongPostcode},
			{Key: "phone", Label: "Telephone", Optional: true, Max: 40},
			{Key: "email", Label: "E-mail", Optional: true, Max: 120},
			{Key: "safe", Label: "When and how is it safe to call or write?", Optional: true, Max: 240},
		},
		build: func(v part.Values) ([]model.Change, error) { return []model.Change{contactOf(v)}, nil },
	})
}

// livingOf is the sort of place, also of an entry made before it was asked.
func livingOf(c model.ContactDetails) model.Living {
	switch {
	case c.Living != "":
		return c.Living
	case c.NoFixedAddress:
		return model.LivingNone
	case len(c.Address) > 0:
		return model.LivingHome
	}
	return ""
}

func wrongPostcode(typed string) string {
	_, err := model.ParsePostcode(typed)
	var bad *model.Error
	if errors.As(err, &bad) {
		return bad.Error()
	}
	return ""
}

func contactOf(v part.Values) *model.ContactSet {
	c := model.ContactDetails{Living: model.Living(v["living"]), Phone: v["phone"], Email: v["email"], Safe: v["safe"]}
	c.NoFixedAddress = !c.Living.Addressed()
	for _, line := range v.List("address") {
		if line = strings.TrimSpace(line); line != "" {
			c.Address = append(c.Address, line)
		}
	}
	if typed := v["postcode"]; typed != "" {
		c.Postcode, _ = model.ParsePostcode(typed) // the form has checked it
	}
	return &model.ContactSet{ContactDetails: c}
}
