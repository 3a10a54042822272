package dev.noether.lab.html;

import java.util.List;

/** A page that stands alone, put together from top to bottom. Not thread-safe. */
public final class Page {
    private static final String STYLE = """
            :root{color-scheme:light dark;--back:#fff;--text:#1c2430;--faint:#667085;--line:#d9dee6;--own:#eef4ff;
            --event:#e5484d;--incident:#b25e09;--good:#18794e;--c0:#2563eb;--c1:#0d9488;--c2:#9333ea;--c3:#ca8a04;\
            --c4:#db2777;
            --c5:#4d7c0f;--c6:#0891b2;--c7:#6b7280}
            @media(prefers-color-scheme:dark){:root{--back:#10151d;--text:#e6eaf0;--faint:#98a2b3;--line:#2a3341;
            --own:#18263f;--event:#ff6369;--incident:#f5a524;--good:#3dd68c;--c0:#6ea8fe;--c1:#2dd4bf;--c2:#c084fc;\
            --c3:#facc15;
            --c4:#f472b6;--c5:#a3e635;--c6:#22d3ee;--c7:#9ca3af}}
            body{margin:0 auto;max-width:1100px;padding:24px 20px 64px;background:var(--back);color:var(--text);
            font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
            h1{font-size:26px;margin:8px 0 4px}h2{font-size:20px;margin:40px 0 8px}h3{font-size:16px;margin:24px 0 6px}
            p{max-width:75ch}.note{color:var(--faint)}.wide{overflow-x:auto}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:13.5px;margin:8px 0}
            th,td{padding:4px 10px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
            th:first-child{text-align:left;position:sticky;left:0;background:var(--back)}\
            thead th{color:var(--faint);font-weight:600}tbody th{font-weight:400}
            tr.own{background:var(--own)}tr.own th{font-weight:600;background:var(--own)}\
            td.best{font-weight:700}td.faint{color:var(--faint)}
            td.good,.good{color:var(--good);fill:var(--good)}td.bad,.bad{color:var(--event);fill:var(--event)}
            figure.plot{margin:14px 0}figcaption{font-size:13.5px;margin:0 0 2px}
            .entry{white-space:nowrap}
            .key{display:inline-block;width:12px;height:10px;margin:0 5px 0 16px;border-radius:2px}
            svg{display:block;width:100%;height:auto}svg text{font-size:11px;fill:var(--faint)}
            .axis{fill:none;stroke:var(--faint)}.grid{stroke:var(--line)}.line{fill:none;stroke-width:1.3}
            .line.reference{stroke:var(--faint);stroke-dasharray:5 4}.key.reference{background:var(--faint);height:2px;
            vertical-align:middle}.whisker{stroke-width:1.5}.band{fill-opacity:.14}
            .shade{fill:var(--event);fill-opacity:.22}.key.shade{background:var(--event);opacity:.35}
            .strip{fill:var(--incident)}.key.strip{background:var(--incident);height:5px;vertical-align:middle}
            .side{display:flex;flex-wrap:wrap;gap:4px 28px;align-items:flex-start}\
            .side>*{flex:1 1 330px;max-width:530px}
            .caption{color:var(--faint);font-size:13px;line-height:1.45;margin:2px 0 0;max-width:64ch}
            ul{padding-left:1.2em;max-width:80ch}li{margin:5px 0}svg .name{fill:var(--text)}
            .dot{stroke:none}.good.whisker{fill:none;stroke:var(--good)}.bad.whisker{fill:none;stroke:var(--event)}
            .faint.whisker{fill:none;stroke:var(--faint)}svg .faint{fill:var(--faint)}.zero{stroke:var(--faint)}
            details{margin:10px 0}summary{cursor:pointer;color:var(--c0)}
            """;
    private static final int COLOURS = 8;

    private final String title;
    private final StringBuilder body = new StringBuilder();

    /** Makes an empty page. */
    public Page(String title) {
        this.title = title;
        body.append("<h1>").append(Markup.escape(title)).append("</h1>\n");
    }

    /** Adds a heading of a section. */
    public Page section(String text) {
        body.append("<h2>").append(Markup.escape(text)).append("</h2>\n");
        return this;
    }

    /** Adds a heading below a section's. */
    public Page heading(String text) {
        body.append("<h3>").append(Markup.escape(text)).append("</h3>\n");
        return this;
    }

    /** Adds a paragraph. */
    public Page paragraph(String text) {
        body.append("<p>").append(Markup.escape(text)).append("</p>\n");
        return this;
    }

    /** Adds a paragraph that explains what stands beside it. */
    public Page note(String text) {
        body.append("<p class=\"note\">").append(Markup.escape(text)).append("</p>\n");
        return this;
    }

    /** Adds a list of sentences. */
    public Page list(List<String> items) {
        body.append("<ul>\n");
        items.forEach(item -> body.append("<li>").append(Markup.escape(item)).append("</li>\n"));
        body.append("</ul>\n");
        return this;
    }

    /** Adds a table or a picture. */
    public Page add(PageElement element) {
        body.append(element.html());
        return this;
    }

    /** Adds something that shows when it is opened. */
    public Page folded(String summary, PageElement element) {
        body.append("<details><summary>").append(Markup.escape(summary)).append("</summary>");
        body.append(element.html()).append("</details>\n");
        return this;
    }

    /** The page. */
    public String html() {
        StringBuilder style = new StringBuilder(STYLE);
        for (int i = 0; i < COLOURS; i++) {
            style.append(".c%1$d{stroke:var(--c%1$d)}.f%1$d{fill:var(--c%1$d)}.k%1$d{background:var(--c%1$d)}\n"
                    .formatted(i));
        }
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>\n<title>"
                + Markup.escape(title) + "</title>\n<style>\n" + style + "</style></head>\n<body>\n" + body
                + "</body></html>\n";
    }
}
