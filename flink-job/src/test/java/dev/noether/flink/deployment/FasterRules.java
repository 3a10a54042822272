package dev.noether.flink.deployment;

import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ProjectFiles;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** The rules of the alerts with shorter times: a minute becomes a second, and no time is above twenty seconds. */
final class FasterRules {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int FACTOR = 60;
    private static final Pattern RANGE = Pattern.compile("(?<=\\[|offset )\\d+[smhd]");
    /** A metric in seconds with its limit. */
    private static final Pattern SECONDS = Pattern.compile("(Seconds\\) > )(\\d+)");

    private FasterRules() {}

    /** The file of the rules. */
    static String yaml() {
        Map<String, Object> rules = ComposeFile.load(ProjectFiles.file("deploy/prometheus/noether-alerts.yml"));
        Map<String, Object> group = new LinkedHashMap<>(ComposeFile.mapping(((List<?>) rules.get("groups")).get(0)));
        group.put(
                "rules",
                MonitoringFiles.alerts().stream().map(FasterRules::faster).toList());
        return new Dump(DumpSettings.builder().build()).dumpToString(Map.of("groups", List.of(group)));
    }

    private static Map<String, Object> faster(Map<String, Object> rule) {
        Map<String, Object> faster = new LinkedHashMap<>(rule);
        faster.put("expr", expression(String.valueOf(rule.get("expr"))));
        faster.computeIfPresent("for", (key, time) -> duration(String.valueOf(time)));
        return faster;
    }

    private static String expression(String expression) {
        String ranges = RANGE.matcher(expression).replaceAll(range -> duration(range.group()));
        return SECONDS.matcher(ranges).replaceAll(FasterRules::limit);
    }

    private static String limit(MatchResult limit) {
        return limit.group(1) + Integer.parseInt(limit.group(2)) / FACTOR;
    }

    private static String duration(String time) {
        Duration duration = Duration.parse((time.endsWith("d") ? "P" : "PT") + time.toUpperCase(java.util.Locale.ROOT));
        long seconds = Math.max(1, duration.toSeconds() / FACTOR);
        return Math.min(seconds, LONGEST.toSeconds()) + "s";
    }
}
