package dev.noether.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of a demonstration. */
class DemoPageTest {
    @Test
    void hasTheReportAndEveryIncident() {
        DemoReport report = TestingReports.complete();
        DemoReport full = new DemoReport(
                report.workload(),
                null,
                report.outcomes(),
                report.models(),
                report.speed(),
                report.detection(),
                null,
                List.of(
                        new ReportedIncident("2026-01-08T00:00:00Z", "ANOMALY", "HIGH", "OPENED", "a <b>", null, true),
                        new ReportedIncident(
                                "2026-01-08T01:00:00Z", "SILENCE", "LOW", "RESOLVED", "c", "silence", false)),
                report.machine());
        assertThat(DemoPage.html(full))
                .contains("<h1>Noether: a simulated fleet of 60 servers, seed 1</h1>")
                .contains("false incidents      46 of the 78")
                .contains("<tr class=\"false\"><td>2026-01-08T00:00:00Z</td><td>anomaly</td><td>high</td>"
                        + "<td>opened</td><td>a &lt;b&gt;</td><td>none: a false incident</td></tr>")
                .contains("<td>c</td><td>silence</td></tr>");
        assertThat(DemoPage.html(report)).contains("No incident was reported.");
    }
}
