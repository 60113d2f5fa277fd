// Package sync is a workstation's half of carrying entries to the hub and back:
// the wire both sides speak, the client, and the agent that keeps a desk in
// step.
//
//   - The wire: paths, headers, limits and bodies ([EncodePush], [DecodePush],
//     [EncodeFeed], [DecodeFeed], answers, revisions, [Fault], [Code]). The hub
//     imports this much and no more.
//   - [Enrol] trades a one-time code for a device certificate.
//   - [Client] is one exchange with the hub, and one sentence when it fails.
//   - [Agent] is when to have which exchange: it pushes, pulls, waits and tries
//     again for as long as the workstation runs.
//
// What it refuses to do: open a sealed entry (it has no key and imports nothing
// that could), repeat a request below the agent, follow a redirect, trust any
// certificate but those of the hub's own authority, or drop an entry the hub
// has not answered for.
package sync
