package dev.noether.cli.demo;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report of a demonstration as one HTML file: its text, and every incident. Stateless; thread safe. */
public final class DemoPage {
    private static final String STYLE = "body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:75em;"
            + "padding:0 1em}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;"
            + "padding:.3em .6em;text-align:left;vertical-align:top}pre{background:#f6f6f6;padding:1em;"
            + "overflow-x:auto}.false{color:#a33}";

    private DemoPage() {}

    /** Returns the page. */
    public static String html(DemoReport report) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
        page.append("<title>Noether: demonstration</title>\n<style>")
                .append(STYLE)
                .append("</style>\n");
        page.append("<h1>Noether: ").append(escaped(report.workload())).append("</h1>\n");
        page.append("<h2>Result</h2>\n<pre>")
                .append(escaped(DemoReportText.of(report)))
                .append("</pre>\n");
        addIncidents(report.reported(), page);
        return page.append("</html>\n").toString();
    }

    private static void addIncidents(List<ReportedIncident> incidents, StringBuilder page) {
        page.append("<h2>Incidents</h2>\n");
        if (incidents.isEmpty()) {
            page.append("<p>No incident was reported.</p>\n");
            return;
        }
        page.append("<table>\n<tr><th>since</th><th>kind</th><th>severity</th><th>state</th><th>what is wrong</th>"
                + "<th>simulated fault</th></tr>\n");
        for (ReportedIncident incident : incidents) {
            page.append(incident.isFalse() ? "<tr class=\"false\">" : "<tr>");
            addCell(incident.start(), page);
            addCell(word(incident.kind()), page);
            addCell(word(incident.severity()), page);
            addCell(word(incident.state()), page);
            addCell(incident.description(), page);
            addCell(fault(incident), page);
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private static String fault(ReportedIncident incident) {
        @Nullable String fault = incident.fault();
        return fault != null ? word(fault) : incident.isFalse() ? "none: a false incident" : "";
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void addCell(String text, StringBuilder page) {
        page.append("<td>").append(escaped(text)).append("</td>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
