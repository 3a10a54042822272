package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ComposeMount;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Prometheus and Grafana are given: that it names the services, ports and files that there are. */
class MonitoringFilesTest {
    private static final ComposeFile COMPOSE = ComposeFile.read(ProjectFiles.file("docker-compose.yml"));
    private static final int GRID_COLUMNS = 24;

    @Test
    void prometheusAsksTheServicesWhereTheirReporterListens() {
        Map<String, Object> flink = ComposeFile.load(ProjectFiles.file("deploy/flink/config.yaml"));
        assertThat(flink).containsEntry("metrics.reporters", "prom");
        Map<?, ?> scrape = (Map<?, ?>) list(prometheus().get("scrape_configs")).get(0);
        Map<?, ?> discovery = (Map<?, ?>) list(scrape.get("dns_sd_configs")).get(0);
        assertThat(discovery.get("port")).isEqualTo(flink.get("metrics.reporter.prom.port"));
        assertThat(list(discovery.get("names")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(COMPOSE.services()).containsKey(String.valueOf(name)));
    }

    @Test
    void theRulesAreWherePrometheusLooksForThem() {
        ComposeMount mount = COMPOSE.service("prometheus").mounts().get(0);
        assertThat(mount.target()).isEqualTo("/etc/prometheus");
        for (Object file : list(prometheus().get("rule_files"))) {
            String path = String.valueOf(file).replace(mount.target(), mount.source());
            assertThat(ProjectFiles.file(path)).exists();
        }
    }

    @Test
    void eachAlertSaysWhatIsWrongAndHowBadItIs() {
        List<Map<String, Object>> alerts = MonitoringFiles.alerts();
        assertThat(alerts).hasSizeGreaterThan(8);
        assertThat(alerts.stream().map(alert -> alert.get("alert"))).doesNotHaveDuplicates();
        assertThat(alerts).allSatisfy(alert -> {
            assertThat(String.valueOf(alert.get("alert"))).startsWith("Noether");
            assertThat(((Map<?, ?>) alert.get("labels")).get("severity")).isIn("critical", "warning");
            assertThat(((Map<?, ?>) alert.get("annotations")).containsKey("summary"))
                    .isTrue();
            assertThat(((Map<?, ?>) alert.get("annotations")).containsKey("description"))
                    .isTrue();
        });
    }

    /** The table of docs/operations.md is what a person opens when an alert arrives. */
    @Test
    void eachAlertHasItsMeaningAndWhatToDoInTheRunbook() throws IOException {
        String page = Files.readString(ProjectFiles.file("docs/operations.md"));
        int header = page.indexOf("| alert | meaning | what to do |");
        assertThat(header).isPositive();
        Set<String> described = new TreeSet<>();
        for (String row : page.substring(header, page.indexOf("\n\n", header)).split("\n", -1)) {
            String[] cells = row.split("\\|", -1);
            if (!cells[1].contains("`Noether")) {
                continue;
            }
            assertThat(cells[2].strip()).as("meaning of %s", cells[1]).hasSizeGreaterThan(10);
            assertThat(cells[3].strip()).as("what to do about %s", cells[1]).hasSizeGreaterThan(5);
            Matcher names = Pattern.compile("`(Noether\\w+)`").matcher(cells[1]);
            while (names.find()) {
                assertThat(described.add(names.group(1))).as(names.group(1)).isTrue();
            }
            Matcher links = Pattern.compile("\\(#([a-z0-9-]+)\\)").matcher(cells[3]);
            while (links.find()) {
                String title = links.group(1).replace('-', ' ');
                assertThat(page.lines().map(MonitoringFilesTest::anchor))
                        .as(row)
                        .contains(title);
            }
        }
        Set<String> alerts = new TreeSet<>();
        MonitoringFiles.alerts().forEach(alert -> alerts.add(String.valueOf(alert.get("alert"))));
        assertThat(described).isEqualTo(alerts);
    }

    private static String anchor(String line) {
        return line.startsWith("#")
                ? line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace('-', ' ')
                : "";
    }

    @Test
    void theDashboardAsksTheSourceThatIsProvisioned() throws IOException {
        Map<String, Object> provisioned =
                ComposeFile.load(ProjectFiles.file("deploy/grafana/provisioning/datasources/prometheus.yml"));
        Map<?, ?> source = (Map<?, ?>) list(provisioned.get("datasources")).get(0);
        assertThat(String.valueOf(source.get("url"))).isEqualTo("http://prometheus:9090");
        Map<String, JsonNode> dashboards = MonitoringFiles.dashboards();
        assertThat(dashboards).containsOnlyKeys("noether.json", "findings.json");
        assertThat(dashboards.values().stream().map(one -> one.get("uid").asText()))
                .doesNotHaveDuplicates();
        dashboards.values().forEach(dashboard -> {
            assertThat(dashboard.get("panels")).hasSizeGreaterThan(5).allSatisfy(panel -> {
                assertThat(panel.get("datasource").get("uid").asText()).isEqualTo(source.get("uid"));
                assertThat(panel.get("description").asText()).isNotBlank();
                assertThat(panel.get("targets")).isNotEmpty();
            });
            assertThat(dashboard.findValuesAsText("id")).doesNotHaveDuplicates();
        });
        Map<String, Object> providers =
                ComposeFile.load(ProjectFiles.file("deploy/grafana/provisioning/dashboards/noether.yml"));
        Map<?, ?> provider = (Map<?, ?>) list(providers.get("providers")).get(0);
        String folder = String.valueOf(((Map<?, ?>) provider.get("options")).get("path"));
        assertThat(COMPOSE.service("grafana").mounts())
                .anyMatch(
                        mount -> mount.target().equals(folder) && mount.source().endsWith("deploy/grafana/dashboards"));
        assertThat(COMPOSE.service("grafana").environment().get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"))
                .isEqualTo(folder + "/noether.json");
    }

    @Test
    void thePanelsOfADashboardDoNotOverlap() {
        MonitoringFiles.dashboards().forEach((name, dashboard) -> {
            Set<String> cells = new HashSet<>();
            for (JsonNode panel : dashboard.get("panels")) {
                JsonNode place = panel.get("gridPos");
                int right = place.get("x").asInt() + place.get("w").asInt();
                assertThat(right).as(name).isLessThanOrEqualTo(GRID_COLUMNS);
                for (int x = place.get("x").asInt(); x < right; x++) {
                    for (int y = 0; y < place.get("h").asInt(); y++) {
                        assertThat(cells.add(x + "," + (place.get("y").asInt() + y)))
                                .as("%s: %s", name, panel.get("title"))
                                .isTrue();
                    }
                }
            }
        });
    }

    @Test
    void theFindingsAreAnnotated() {
        assertThat(MonitoringFiles.dashboards()
                        .get("findings.json")
                        .get("annotations")
                        .get("list"))
                .hasSizeGreaterThan(2)
                .allSatisfy(note -> assertThat(note.get("expr").asText()).contains("flink_"));
    }

    private static Map<String, Object> prometheus() {
        return ComposeFile.load(ProjectFiles.file("deploy/prometheus/prometheus.yml"));
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }
}
