"""What a writer sees in the browser: python3 tests/browser/preview.py PROGRAM [FOLDER FOR PICTURES]"""
import os, shutil, signal, socket, subprocess, sys, tempfile, time
from chromium import Browser, find

PAGE = "content/pages/how-it-works.md"
LIVE = "document.querySelector('#onevoice-preview')?.shadowRoot.querySelector('.live')?.innerText ?? ''"
MARK = "document.querySelector('#onevoice-preview')?.shadowRoot.querySelector('.mark')?.innerText ?? ''"
BODY = "document.body.innerText"


class Served:
    """A small toolkit, served."""

    def __init__(self, program, *options, port=None, root=None):
        self.program, self.root = program, root or tempfile.mkdtemp(prefix="onevoice")
        if root is None:
            subprocess.run([program, "-C", self.root, "-q", "init"], check=True, stdout=subprocess.DEVNULL)
        with socket.socket() as free:
            free.bind(("127.0.0.1", port or 0))
            self.port = free.getsockname()[1]
        self.options = options

    def start(self):
        command = [self.program, "-C", self.root, "serve", "--port", str(self.port), *self.options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self.process.stdout.readline().startswith(b"http://"), "it does not serve"
        return self

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(2) == 0

    def url(self, path="/"):
        return f"http://127.0.0.1:{self.port}{path}"

    def read(self, path):
        with open(os.path.join(self.root, path), encoding="utf-8") as file:
            return file.read()

    def write(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def page(text, lines=120):
    return "---\ntitle: How it works\n---\n\n" + text + "\n\n" + "\n\n".join(f"Line {n} of many." for n in range(lines)) + "\n"


def a_save_shows_at_the_same_place(browser, served):
    served.write(PAGE, page("The first text."))
    browser.open(served.url("/how-it-works/"))
    # a page that is loaded again finds its place when its script has run
    browser.until(f"{BODY}.includes('The first text.') && document.readyState === 'complete'", "the page")
    browser.value("scrollTo(0, 900)")
    served.write(PAGE, page("The second text."))
    browser.until(f"{BODY}.includes('The second text.')", "the save")
    browser.until("Math.abs(scrollY - 900) < 2", "the place on the page, which is " + str(browser.value("scrollY")))
    faq = "content/faqs/who-decides.md"
    browser.open(served.url("/faq/"))
    browser.value("document.querySelectorAll('details')[1].open = true")
    served.write(faq, served.read(faq) + "\nA line more in an answer.\n")
    browser.until("document.body.textContent.includes('A line more in an answer.')", "the answer")
    browser.until("document.querySelectorAll('details')[1].open && !document.querySelectorAll('details')[0].open", "the open fold-out")


def a_page_that_has_not_changed_is_not_loaded_again(browser, served):
    browser.open(served.url("/faq/"))
    browser.value("window.same = true")
    served.write(PAGE, page("Another text."))
    time.sleep(0.7)
    assert browser.value("window.same") is True


def an_error_is_shown_over_the_page_and_leaves_when_it_is_mended(browser, served):
    served.write(PAGE, page("The good text."))
    browser.open(served.url("/how-it-works/"))
    browser.until(f"{BODY}.includes('The good text.')", "the page")
    served.write(PAGE, "---\ntitel: How it works\n---\n\nThe bad text.\n")
    browser.until(f"({LIVE}).includes('titel')", "the overlay")
    shown = browser.value(LIVE)
    for part in ("content/pages/how-it-works.md:2:1", "unknown-key", "did you mean"):
        assert part in shown, f"{part} in {shown}"
    assert "The good text." in browser.value(BODY)
    assert "error" in browser.value(MARK)
    browser.value("document.querySelector('#onevoice-preview').shadowRoot.querySelector('button').click()")
    browser.until(f"!({LIVE})", "the overlay closes")
    served.write(PAGE, "---\ntitel: How it works\n---\n\nStill bad.\n")
    served.write(PAGE, page("The mended text."))
    browser.until(f"{BODY}.includes('The mended text.') && !({LIVE})", "the mended page")


def warnings_are_a_small_mark(browser, served):
    browser.open(served.url("/how-it-works/"))
    served.write(PAGE, page("A picture: ![](../files/none.png) and [a lost place](#nowhere)."))
    browser.until(f"({MARK}).length > 0", "the mark")
    served.write(PAGE, page("Good."))
    browser.until(f"{BODY}.includes('Good.')", "the page without it")


def a_page_that_goes_away_comes_again(browser, served):
    served.write("content/pages/short-lived.md", "---\ntitle: Short-lived\n---\n\nHere for now.\n")
    browser.open(served.url("/short-lived/"))
    browser.until(f"{BODY}.includes('Here for now.')", "the new page")
    os.remove(os.path.join(served.root, "content/pages/short-lived.md"))
    browser.until(f"!{BODY}.includes('Here for now.')", "the page for wrong addresses")
    served.write("content/pages/short-lived.md", "---\ntitle: Short-lived\n---\n\nHere again.\n")
    browser.until(f"{BODY}.includes('Here again.')", "the page that came again")
    os.remove(os.path.join(served.root, "content/pages/short-lived.md"))


def a_style_sheet_is_exchanged_without_loading_the_page(browser, served):
    served.write("themes/plain/static/more.css", "body { color: rgb(1, 2, 3) }")
    served.write("themes/plain/templates/parts/head.html", "<link rel=\"stylesheet\" href=\"{{ page.root }}{{ asset['more.css'] }}\">")
    browser.open(served.url("/faq/"))
    browser.until("getComputedStyle(document.body).color === 'rgb(1, 2, 3)'", "the style sheet")
    browser.value("window.same = true")
    served.write("themes/plain/static/more.css", "body { color: rgb(4, 5, 6) }")
    browser.until("getComputedStyle(document.body).color === 'rgb(4, 5, 6)'", "the new style sheet")
    assert browser.value("window.same") is True, "the page was loaded again"
    shutil.rmtree(os.path.join(served.root, "themes"))
    browser.until("getComputedStyle(document.body).color !== 'rgb(4, 5, 6)'", "without it")


def two_hundred_saves_end_in_the_last_state(browser, served):
    browser.open(served.url("/how-it-works/"))
    for n in range(200):
        served.write(PAGE, page(f"Save number {n}."))
        time.sleep(0.003 * (n % 5))
    browser.until(f"{BODY}.includes('Save number 199.')", "the last save")


def a_server_that_was_started_again_is_found(browser, served):
    browser.open(served.url("/how-it-works/"))
    served.end()
    served.write(PAGE, page("Written while nobody served."))
    time.sleep(0.3)
    served.start()
    browser.until(f"{BODY}.includes('Written while nobody served.')", "the server that came again", 15)


def the_desk_is_kept_up_to_date(browser, served):
    browser.open(served.url("/_onevoice/"))
    served.write(PAGE, "---\ntitel: How it works\n---\n\nBad.\n")
    browser.until(f"{BODY}.includes('titel')", "the finding at the desk")
    served.write(PAGE, page("Good."))
    browser.until(f"!{BODY}.includes('titel')", "the desk without it")
    for path in ("coverage/", "items/", "items/messages/safer/", "sign-offs/"):
        browser.open(served.url("/_onevoice/" + path))
        for width in (360, 1280):
            browser.size(width, 800)
            wide = browser.value("document.documentElement.scrollWidth")
            assert wide <= width, f"/_onevoice/{path} is {wide} wide at {width}"
        assert browser.value("document.querySelectorAll('h1').length") == 1
    browser.size(1280, 800)


def begun_broken_it_turns_into_the_site(browser, program):
    served = Served(program)
    good = served.read("toolkit.yaml")
    served.write("toolkit.yaml", "title: [\n")
    served.start()
    browser.open(served.url("/police/"))
    browser.until(f"{BODY}.includes('toolkit.yaml')", "the page of findings")
    served.write("toolkit.yaml", good)
    browser.until("document.querySelector('h1') && !document.body.innerText.includes('toolkit.yaml')", "the site")
    served.end()


def it_follows_what_is_edited(browser, program):
    served = Served(program, "--follow").start()
    browser.open(served.url("/"))
    time.sleep(0.3)
    served.write(PAGE, page("Followed."))
    browser.until(f"location.pathname === '/how-it-works/' && {BODY}.includes('Followed.')", "the page that was edited")
    served.end()


def pictures(browser, served, folder):
    bad = "---\ntitel: How it works\n---\n\nSee <fact:nothing-of-the-kind> and [a lost question](faq:nobody-knows).\n"
    for name, width, height in (("phone", 360, 740), ("desktop", 1280, 800)):
        browser.size(width, height, width < 500)
        served.write(PAGE, page("Good.", 5))
        browser.open(served.url("/how-it-works/"))
        served.write(PAGE, bad)
        browser.until(f"({LIVE}).includes('titel')", "the overlay")
        time.sleep(0.3)
        browser.picture(f"{folder}/overlay-{name}.png")
        for path in ("", "coverage/", "items/", "items/messages/safer/", "items/faqs/after-the-officer-leaves/", "sign-offs/"):
            browser.open(served.url("/_onevoice/" + path))
            browser.picture(f"{folder}/desk-{path.strip('/').replace('/', '-') or 'findings'}-{name}.png")
        served.write(PAGE, page("Good.", 5))
    root = tempfile.mkdtemp(prefix="onevoice")
    broken = Served(served.program)
    broken.write("toolkit.yaml", broken.read("toolkit.yaml") + "\nlanguge: en\n")
    broken.start()
    for name, width, height in (("phone", 360, 740), ("desktop", 1280, 800)):
        browser.size(width, height, width < 500)
        browser.open(broken.url("/"))
        browser.picture(f"{folder}/broken-{name}.png")
    broken.end()
    shutil.rmtree(root)


def main():
    program, browser = os.path.abspath(sys.argv[1]), find()
    if not browser:
        sys.exit("no Chromium here: tests/run says how it is installed")
    browser = Browser(browser)
    served = Served(program).start()
    tests = [(test, served) for test in (
        a_save_shows_at_the_same_place, a_page_that_has_not_changed_is_not_loaded_again,
        an_error_is_shown_over_the_page_and_leaves_when_it_is_mended, warnings_are_a_small_mark,
        a_page_that_goes_away_comes_again, a_style_sheet_is_exchanged_without_loading_the_page,
        two_hundred_saves_end_in_the_last_state, a_server_that_was_started_again_is_found, the_desk_is_kept_up_to_date)]
    tests += [(test, program) for test in (begun_broken_it_turns_into_the_site, it_follows_what_is_edited)]
    # in these a server ends while its page is open; what the browser calls that depends on where it was just then
    ends = (a_server_that_was_started_again_is_found, begun_broken_it_turns_into_the_site, it_follows_what_is_edited)
    # while there is no page, or a stream is cut, the browser says so: that is what the others are about
    expected = ("net::ERR_CONNECTION_REFUSED", "net::ERR_INCOMPLETE_CHUNKED", "status of 404", "status of 503", "net::ERR_EMPTY_RESPONSE", "net::ERR_CONNECTION_RESET")
    complaints = []
    try:
        for test, with_it in tests:
            before = len(browser.complaints())
            test(browser, with_it)
            print("ok", test.__name__.replace("_", " "))
            may_be = (*expected, "net::ERR_") if test in ends else expected
            complaints += [said for said in browser.complaints()[before:] if not any(word in said for word in may_be)]
        if len(sys.argv) > 2:
            os.makedirs(sys.argv[2], exist_ok=True)
            pictures(browser, served, sys.argv[2])
        assert not complaints, complaints
        print("ok nothing else stands in the console")
        served.end()
    finally:
        served.process.kill()
        browser.close()
        shutil.rmtree(served.root, ignore_errors=True)


if __name__ == "__main__":
    main()
