import { mount } from "svelte";
import App from "./App.svelte";
import { path } from "./path";
import { dress } from "./settings.svelte";
import "./style/tokens.css";
import "./style/base.css";
import "./style/kit.css";

// The token of a sign-in link, or of a screen's, leaves the address, and with it the history and the screen, before anything else happens.
const withToken = location.pathname === path("/in") || location.pathname.startsWith(path("/present/"));
const token = withToken ? location.hash.slice(1) : "";
if (token) history.replaceState(null, "", location.pathname + location.search);

const target = document.getElementById("app");
if (target === null) throw new Error("the page has no #app");

dress();
export default mount(App, { target, props: { token } });
