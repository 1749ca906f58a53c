import { mount } from "svelte";
import App from "./App.svelte";
import { path } from "./path";
import { dress } from "./settings.svelte";
import "./style/tokens.css";
import "./style/base.css";
import "./style/kit.css";

// The token of a sign-in link, an invitation, or a screen's, leaves the address, and with it the history and the screen, before anything else happens.
const takesToken = () => [path("/in"), path("/i")].includes(location.pathname) || location.pathname.startsWith(path("/present/"));
const token = takesToken() ? location.hash.slice(1) : "";
if (token) history.replaceState(null, "", location.pathname + location.search);
// Another link, opened where the page of one stands already, loads nothing by itself. Not where the skip link goes.
addEventListener("hashchange", () => takesToken() && location.hash.length > 16 && location.reload());

const target = document.getElementById("app");
if (target === null) throw new Error("the page has no #app");

dress();
export default mount(App, { target, props: { token } });
