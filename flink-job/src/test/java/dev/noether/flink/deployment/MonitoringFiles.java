package dev.noether.flink.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

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

    /** The names of all metrics that alerts and dashboard ask for. */
    public static Set<String> metrics() {
        Set<String> metrics = new TreeSet<>();
        alerts().forEach(alert -> collect(String.valueOf(alert.get("expr")), metrics));
        try {
            JsonNode dashboard = new ObjectMapper()
                    .readTree(ProjectFiles.file("deploy/grafana/dashboards/noether.json")
                            .toFile());
            dashboard.findValues("expr").forEach(expression -> collect(expression.asText(), metrics));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return metrics;
    }

    private static void collect(String expression, Set<String> metrics) {
        METRIC.matcher(expression).results().map(match -> match.group()).forEach(metrics::add);
    }
}
