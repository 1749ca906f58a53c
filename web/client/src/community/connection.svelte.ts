/** The page's one connection, and what the page should say about it. */
import { connect, type Kring, type Status } from "../../sync";
import { browserStorage } from "../keep";
import { socketUrl } from "../path";
import { language, onLanguage } from "../text/language.svelte";

export class Connection {
  status = $state.raw<Status>({ phase: "connecting", waiting: 0 });
  /** The device says that it has no network. */
  offline = $state(!navigator.onLine);
  readonly kring: Kring;
  readonly #stops: (() => void)[];

  /** `token`: of a screen, which may do nothing, so that nothing of it need be kept; absent: the browser's own sign-in. */
  constructor(token?: string) {
    const as = token === undefined ? { storage: browserStorage(), client: "page" } : { token, client: "screen" };
    const kring = connect({ url: socketUrl(location), lang: language(), ...as });
    this.kring = kring;
    this.status = kring.status;
    const back = () => {
      this.offline = !navigator.onLine;
      kring.nudge();
    };
    const gone = () => (this.offline = true);
    const seen = () => document.visibilityState === "visible" && kring.nudge();
    addEventListener("online", back);
    addEventListener("offline", gone);
    document.addEventListener("visibilitychange", seen);
    this.#stops = [
      kring.subscribe((status) => (this.status = status)),
      onLanguage((lang) => kring.setLang(lang)),
      () => removeEventListener("online", back),
      () => removeEventListener("offline", gone),
      () => document.removeEventListener("visibilitychange", seen),
    ];
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.kring.close();
  }
}
