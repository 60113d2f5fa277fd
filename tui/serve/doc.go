// Package serve shows the screens of the desk to people who come over SSH, and
// to the same user's other windows on this computer.
//
// A key says who comes: it opens the door for the one member of staff it is
// registered to. Their passphrase, asked for on the screen, opens their keyring.
// Neither is enough alone.
//
//	files                       what they hold
//	serve, policy               the server, and what it speaks
//	hostkey, roster             its own key, and whose the visitors' keys are
//	door, pace                  how many may come, and how often
//	channel                     what a client may ask for, and what is refused
//	steps, visit, registry      what a session passes through, and ending it
//	screen, painter             the program, and how often its screen goes down the line
//	keyboard, paste             what is let through from the line to the program
//	lines                       plain mode instead, line by line
//	command, client             a command or window of the same user, and their end of it
//
// The package refuses to: run a shell or a program, pass files, forward a port,
// an agent or a display, take a password, or make a key in place of one that it
// cannot read.
package serve
