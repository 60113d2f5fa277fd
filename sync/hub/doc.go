// Package hub is the central service: it enrols workstations, judges what they
// send, keeps it in a log and gives each site its feed.
//
//   - [New] makes a hub over a log; [Hub.Serve] answers workstations over
//     mutual TLS 1.3 with certificates of the hub's own authority.
//   - A push is judged op by op: device, seal, signature, roster, clock, rights
//     (model.Allow). Each is taken, known, or refused with the reason.
//   - A pull waits for news of a site and passes on the bytes that came.
//   - The administration (sites, staff, devices, reference tables) is methods,
//     and the same through [Hub.Call] for a command beside a running hub.
//
// What it refuses to do: trust what a client says of itself, encode an op anew,
// answer before the log has committed, or write a person's data, a name, a
// passphrase, a code or a key into a log line.
package hub
