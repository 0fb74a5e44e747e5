// Makes build/static/ from node_modules and our own sources. Run by `npm run build`.
// Nothing third-party is committed, so everything served to a browser comes from here or from the Django apps.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const modules = join(root, "node_modules");
const out = join(root, "build", "static");

// A map comment or a crest address names a file we do not ship, and manifest storage refuses to start on either.
const withoutMap = (text) => text.replace(/\n?\/\/# sourceMappingURL=.*$/m, "");
const withoutCrest = (css) => css.replace(/url\([^)]*govuk-crest[^)]*\)/g, "none");

function styles(source, target) {
  const { css } = compile(join(here, "scss", source), { loadPaths: [modules], style: "compressed", quietDeps: true });
  writeFileSync(join(out, target), withoutCrest(css) + "\n");
}

function script(source, target) {
  writeFileSync(join(out, target), withoutMap(readFileSync(source, "utf8")));
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "fonts"), { recursive: true });

styles("app.scss", "app.css");
styles("error.scss", "error.css");

script(join(modules, "govuk-frontend/dist/govuk/govuk-frontend.min.js"), "govuk-frontend.min.js");
script(join(modules, "htmx.org/dist/htmx.min.js"), "htmx.min.js");
script(join(here, "js/app.js"), "app.js");
script(join(here, "js/js-enabled.js"), "js-enabled.js");
script(join(here, "js/passkeys.js"), "passkeys.js");
script(join(here, "js/planner.js"), "planner.js");
script(join(here, "js/register.js"), "register.js");

const family = join(modules, "@expo-google-fonts/atkinson-hyperlegible-next");
copyFileSync(join(family, "400Regular/AtkinsonHyperlegibleNext_400Regular.ttf"), join(out, "fonts/regular.ttf"));
copyFileSync(join(family, "700Bold/AtkinsonHyperlegibleNext_700Bold.ttf"), join(out, "fonts/bold.ttf"));
copyFileSync(join(family, "LICENSE_FONT"), join(out, "fonts/LICENCE.txt"));
