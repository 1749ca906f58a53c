import { mount } from "svelte";
import App from "./App.svelte";
import { dress } from "./settings.svelte";
import "./style/tokens.css";
import "./style/base.css";
import "./style/kit.css";

const target = document.getElementById("app");
if (target === null) throw new Error("the page has no #app");

dress();
export default mount(App, { target });
