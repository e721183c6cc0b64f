#!/usr/bin/env python3
"""How long others wait while 200 slow clients hang: `slow.py` with BENCH_ONEVOICE, on the toolkit of this repository."""
import os, socket, statistics, subprocess, sys, time, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
SLOW, ASKED = 200, 200


def main():
    program = os.environ["BENCH_ONEVOICE"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(HERE)
    server = subprocess.Popen([program, "-C", root, "serve", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/police/faq/"

    def ask():
        began = time.perf_counter()
        with urllib.request.urlopen(url, timeout=10) as answer:
            answer.read()
        return (time.perf_counter() - began) * 1e3
    try:
        for _ in range(300):
            try:
                ask()
                break
            except OSError:
                time.sleep(0.1)
        alone = [ask() for _ in range(ASKED)]
        slow = []
        for n in range(SLOW):
            client = socket.create_connection(("127.0.0.1", port))
            # half of a request, or a whole one whose answer nobody reads
            client.sendall(b"GET /police/faq/ HT" if n % 2 else b"GET /police/faq/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port)
            slow.append(client)
        beside = []
        for n in range(ASKED):
            try:
                slow[n % SLOW].sendall(b"T")
            except OSError:
                pass                                   # its time is over
            beside.append(ask())
        row = lambda name, ms: print(f"| {name} | {statistics.median(ms):.1f} | {sorted(ms)[len(ms) * 95 // 100]:.1f} | {max(ms):.1f} |")
        print("| a page, ms | median | p95 | longest |\n|---|---|---|---|")
        row("alone", alone)
        row(f"beside {SLOW} slow clients", beside)
        sys.exit(max(beside) > 50)
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
