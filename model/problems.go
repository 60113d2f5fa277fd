package model

import (
	"fmt"
	"strings"
	"time"
)

// MaxProblems is the most problems one list may hold.
const MaxProblems = 60

// ProblemsSet gives the list of problems and diagnoses, each a short line.
type ProblemsSet struct {
	Problems []string `json:"problems"`
}

// Kind implements Change.
func (*ProblemsSet) Kind() string { return "problems.set" }

// Slot implements Change.
func (*ProblemsSet) Slot() string { return "problems" }

// Compartment implements Change.
func (*ProblemsSet) Compartment() Compartment { return Health }

// Check implements Change.
func (c *ProblemsSet) Check(*Record, time.Time) error {
	if len(c.Problems) > MaxProblems {
		return Invalid(fmt.Sprintf("There are %d problems; %d is the most.", len(c.Problems), MaxProblems), "Join or drop some.")
	}
	for _, p := range c.Problems {
		if strings.TrimSpace(p) == "" {
			return Invalid("A problem has no words.", "Enter it, or remove the line.")
		}
		if err := checkLine("A problem", p, 200); err != nil {
			return err
		}
	}
	return nil
}

// Apply implements Change.
func (c *ProblemsSet) Apply(r *Record, op *Op) {
	r.Health.Problems, r.Health.ProblemsBy = c.Problems, signedBy(op)
}

// String implements Change.
func (c *ProblemsSet) String() string { return "Problems: " + strings.Join(c.Problems, "; ") }

// HealthNoted adds a note that healthcare roles alone may read.
type HealthNoted struct {
	Text string `json:"text"`
}

// Kind implements Change.
func (*HealthNoted) Kind() string { return "health.noted" }

// Slot implements Change.
func (*HealthNoted) Slot() string { return "" }

// Compartment implements Change.
func (*HealthNoted) Compartment() Compartment { return Health }

// Check implements Change.
func (c *HealthNoted) Check(*Record, time.Time) error {
	if strings.TrimSpace(c.Text) == "" {
		return Invalid("Enter the note.", "")
	}
	return checkText("The note", c.Text, 4000)
}

// Apply implements Change.
func (c *HealthNoted) Apply(r *Record, op *Op) {
	r.Health.Notes = append(r.Health.Notes, noteOf(op, c.Text))
}

// String implements Change.
func (*HealthNoted) String() string { return "Health note" }
