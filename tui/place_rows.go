package tui

import "github.com/throughgate/throughgate/tui/part"

// The lists whose cursors are come back to: every screen's that has one. A page about
// one person has it from recordPage.

func (b *board) walks() *part.List      { return b.list }
func (s *worklist) walks() *part.List   { return s.list }
func (s *court) walks() *part.List      { return s.list }
func (s *courtPack) walks() *part.List  { return s.read.list }
func (s *syncScreen) walks() *part.List { return s.list }
func (s *measures) walks() *part.List   { return s.list }
func (s *audit) walks() *part.List      { return s.list() }
func (s *overrides) walks() *part.List  { return s.list }
func (s *conflicts) walks() *part.List  { return s.list }
func (s *printing) walks() *part.List   { return s.list }
func (s *person) walks() *part.List     { return s.list }
func (s *known) walks() *part.List      { return s.read.list }
func (s *history) walks() *part.List    { return s.list }
func (s *letter) walks() *part.List     { return s.list }
func (p *recordPage) walks() *part.List { return p.list }
