/** `k8tui --help`: at most 80 columns, and nothing that does not exist. */
export const helpText = `Usage  k8tui [view] [name] [options]

Views  overview (default)  contexts  calls  <kind>: pods, svc, deploy/web, CRDs
       logs <pod | kind/name | -l labels>      top [nodes | pods | containers]
       net dns | path <destination> | policy | probe | routes

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
      --share[=ip,names] people watch: secrets masked, READ-ONLY, keys shown
      --check            connect, print server, user, rights, kinds (or -o json)
      --log-level <l>    error warning info debug             --log-file <path>
      --profile <folder> write frame times there
  -h, --help             --version

logs  -c, --container <name>  --all-containers  --events   -f, --follow
      --since <15m>  --tail <lines>  -p, --previous
      --include <regex>  --exclude <regex>  --level <warn>
net   --from <ns/pod>  --to <ns/pod>  --port <port>  --name <dns name>
      --what-if <file>   policies of a file, before they are applied
      --probe exec | ephemeral | pod            sends traffic, for this run
      --image <image>    for the last two

Examples
  k8tui pods -n shop -l app=web --sort=-restarts
  k8tui pods -A --filter 'status!=Running age<1h' -o md > ticket.md
  k8tui logs deploy/web -n shop --since 15m --level warn
  k8tui net dns --from shop/cart --probe exec
  k8tui pods -n shop --watch -o jsonl | jq .

Exit   0 done   1 a named object does not exist   2 it failed, stderr says why
       --check: 0 all well 1 warnings 2 errors     net: 3 undecided as well
`;
