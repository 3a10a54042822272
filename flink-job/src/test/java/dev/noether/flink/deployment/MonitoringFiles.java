package dev.noether.flink.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Prometheus and Grafana ask, read from their files. */
public final class MonitoringFiles {
    private static final Pattern METRIC = Pattern.compile("flink_[A-Za-z0-9_]+");

    private MonitoringFiles() {}

    /** The alerts, each as it stands in its file. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> alerts() {
        Map<String, Object> rules = ComposeFile.load(ProjectFiles.file("deploy/prometheus/noether-alerts.yml"));
        List<Map<String, Object>> alerts = new ArrayList<>();
        for (Map<String, Object> group : (List<Map<String, Object>>) rules.get("groups")) {
            alerts.addAll((List<Map<String, Object>>) group.get("rules"));
        }
        return alerts;
    }

    /** The names of all metrics that alerts and dashboards ask for. */
    public static Set<String> metrics() {
        Set<String> metrics = new TreeSet<>();
        alerts().forEach(alert -> collect(String.valueOf(alert.get("expr")), metrics));
        dashboards()
                .values()
                .forEach(dashboard ->
                        dashboard.findValues("expr").forEach(expression -> collect(expression.asText(), metrics)));
        return metrics;
    }

    /** All dashboards, by the names of their files. */
    static Map<String, JsonNode> dashboards() {
        Map<String, JsonNode> dashboards = new TreeMap<>();
        try (Stream<Path> files = Files.list(ProjectFiles.file("deploy/grafana/dashboards"))) {
            for (Path file : files.toList()) {
                dashboards.put(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return dashboards;
    }

    private static void collect(String expression, Set<String> metrics) {
        METRIC.matcher(expression).results().map(match -> match.group()).forEach(metrics::add);
    }
}
