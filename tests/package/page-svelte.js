import "joint-events/define";
import { mount } from "svelte";
import List from "./List.svelte";

mount(List, { target: document.querySelector("#root"), props: { memberships: ["bioquebec"] } });
