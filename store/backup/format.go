package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// About is what a backup says of itself, to who can open it.
type About struct {
	Made    model.Instant  `json:"made"`
	Device  model.DeviceID `json:"device"`
	Site    model.SiteCode `json:"site"`
	Entries int            `json:"entries"` // ops in the store
	Bytes   int64          `json:"bytes"`   // of the store's file
}

const (
	intro    = "age-encryption.org/v1\n"
	magic    = "throughgate backup "
	version  = "1\n"
	maxAbout = 4096     // bytes of the JSON line
	maxFrame = 32 << 20 // bytes of zstd's window that reading bears with
)

// encode writes what is encrypted.
func encode(w io.Writer, about About, snapshot *store.Snapshot) (err error) {
	packed, err := zstd.NewWriter(w)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, packed.Close()) }()
	sum := sha256.New()
	all := io.MultiWriter(packed, sum)
	said, err := json.Marshal(about)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(all, "%s%s%s\n", magic, version, said); err != nil {
		return err
	}
	written, err := snapshot.WriteTo(all)
	if err != nil {
		return err
	}
	if written != about.Bytes {
		return fmt.Errorf("backup: %d bytes of %d were copied", written, about.Bytes)
	}
	_, err = packed.Write(sum.Sum(nil))
	return err
}

// reader is a backup being read. Its store is to be read whole, and then
// finish says whether it may be believed.
type reader struct {
	About
	in   *bufio.Reader
	sum  hash.Hash
	left int64 // of the store's file
	free func()
}

// open reads the beginning of a backup.
func open(file io.ReadSeeker, key Key) (*reader, error) {
	start := make([]byte, len(intro))
	if _, err := io.ReadFull(file, start); err != nil || string(start) != intro {
		return nil, errNotOurs
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, unreadable(err)
	}
	header, err := age.ExtractHeader(file)
	if err != nil {
		return nil, spoilt(err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, unreadable(err)
	}
	clear, err := age.Decrypt(bufio.NewReaderSize(file, 1<<16), key.identities...)
	var noMatch *age.NoIdentityMatchError
	switch {
	case errors.As(err, &noMatch):
		return nil, key.why(header, err)
	case err != nil:
		return nil, spoilt(err)
	}
	return begin(clear)
}

// begin reads the two lines before the store's file.
func begin(clear io.Reader) (*reader, error) {
	source := &faithful{in: clear}
	unpacked, err := zstd.NewReader(source, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxFrame))
	if err != nil {
		return nil, unreadable(err)
	}
	r := &reader{in: bufio.NewReaderSize(unpacked, 1<<16), sum: sha256.New(), free: unpacked.Close}
	line, err := r.line(len(magic) + 20)
	switch {
	case source.err != nil:
		err = spoilt(source.err)
	case err != nil || !bytes.HasPrefix(line, []byte(magic)):
		err = errNotOurs
	case !bytes.Equal(line, []byte(magic+version)):
		err = errNewer
	default:
		err = r.about()
	}
	if err != nil {
		r.free()
		return nil, err
	}
	r.left = r.Bytes
	return r, nil
}

func (r *reader) about() error {
	line, err := r.line(maxAbout)
	if err != nil {
		return spoilt(err)
	}
	if err := json.Unmarshal(line, &r.About); err != nil || r.Bytes <= 0 {
		return spoilt(errors.New("the second line is not as it should be"))
	}
	return nil
}

func (r *reader) line(most int) ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	if err != nil {
		return nil, err
	}
	if len(line) > most {
		return nil, errors.New("a line is too long")
	}
	r.sum.Write(line)
	return line, nil
}

// Read implements io.Reader over the store's file.
func (r *reader) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n, err := r.in.Read(p[:min(int64(len(p)), r.left)])
	r.sum.Write(p[:n])
	r.left -= int64(n)
	if err != nil {
		return n, spoilt(cut(err))
	}
	return n, nil
}

// finish tells whether all that was read is what was written, and that nothing
// comes after it. Until it has returned nil, nothing that was read counts.
func (r *reader) finish() error {
	var sum [sha256.Size]byte
	if _, err := io.ReadFull(r.in, sum[:]); err != nil {
		return spoilt(cut(err))
	}
	if !bytes.Equal(sum[:], r.sum.Sum(nil)) {
		return spoilt(errors.New("its sum is another"))
	}
	if _, err := r.in.ReadByte(); err != io.EOF {
		return spoilt(fmt.Errorf("it goes on behind its end: %v", err))
	}
	return nil
}

// cut names an end that comes too early; io.EOF alone would look like a good one.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// faithful remembers why its reader failed: zstd may have an own word for it.
type faithful struct {
	in  io.Reader
	err error
}

// Read implements io.Reader.
func (f *faithful) Read(p []byte) (int, error) {
	n, err := f.in.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}
