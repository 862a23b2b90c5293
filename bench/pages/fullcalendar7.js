// FullCalendar 7 as an embedder bundles it: it publishes no minified build. The list view and one theme, no more.
import { Calendar } from "fullcalendar";
import list from "fullcalendar/list";
import theme from "fullcalendar/themes/classic";
import "fullcalendar/skeleton.css";
import "fullcalendar/themes/classic/theme.css";
import "fullcalendar/themes/classic/palette.css";

window.FullCalendar = { Calendar, plugins: [list, theme] };
