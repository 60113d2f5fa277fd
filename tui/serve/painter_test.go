package serve

import (
	"bytes"
	"testing"
)

func TestAFrameThatIsTheSameSendsNothing(t *testing.T) {
	var out bytes.Buffer
	p := newPainter(&out, framesOnLine)
	p.resize(size{80, 24})
	p.show("a\nb")
	p.draw()
	<-p.wake
	out.Reset()
	p.show("a\nb")
	p.draw()
	if out.Len() > 0 || len(p.wake) > 0 {
		t.Errorf("it sends %q", out.String())
	}
}
