/** `k8tui --help`: at most 80 columns, and nothing that does not exist. */
export const helpText = `Usage  k8tui [view] [name] [options]

Views  overview (default)  contexts  calls  <kind>: pods, svc, deploy/web, CRDs

  -n, --namespace <ns>   -A, --all-namespaces   -l, --selector <labels>
      --context <ctx>    --kubeconfig <path>    --field-selector <fields>
      --filter <expr>    --sort=[-]<column>     filter and columns of the screen
      --as <user>        --as-group <group>     --as-uid <uid>
      --write            allow changes (default: read-only)   --read-only  never
      --demo [story]     no cluster: healthy crash-loop oom-eviction noisy-logs
                         no-endpoints dns-same-node overlay-broken dns-upstream
                         policy-blocks-dns ten-thousand-pods
      --or-demo          the demo only where there is no kubeconfig
      --theme <name>     dark light contrast cvd mono
      --ascii  --no-motion  --slow              for plain, calm, far terminals
      --plain            print the view once as text, without a full screen
  -o, --output <fmt>     print once: text wide json yaml jsonl md
      --no-headers       with -o text and wide
      --reveal           with -o json and yaml: Secret data as it is
  -w, --watch            one line per change, for pipes and screen readers
      --check            connect, print server, user, rights, kinds (or -o json)
      --log-level <l>    error warning info debug             --log-file <path>
      --profile <folder> write frame times there
  -h, --help             --version

Examples
  k8tui pods -n shop -l app=web --sort=-restarts
  k8tui pods -A --filter 'status!=Running age<1h' -o md > ticket.md
  k8tui deploy/web -n shop -o yaml
  k8tui pods -n shop --watch -o jsonl | jq .

Exit   0 done   1 a named object does not exist   2 it failed, stderr says why
       with --check: 0 all well   1 warnings   2 errors
`;
