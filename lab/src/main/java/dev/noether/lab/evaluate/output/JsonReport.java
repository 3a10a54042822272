package dev.noether.lab.evaluate.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.noether.lab.evaluate.Evaluation;
import dev.noether.lab.evaluate.measure.AlarmBudgetResult;
import dev.noether.lab.evaluate.measure.CauseHitRates;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.evaluate.measure.MetricValues;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import dev.noether.model.numeric.ConfidenceInterval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The evaluation as JSON: {@code sets} by name with {@code series}, {@code mean} and {@code paired} differences against
 * each peer; {@code budget} and {@code causes} by set. An unknown number is null.
 */
public final class JsonReport {
    /** The metrics that detectors are compared by. */
    static final List<DetectionMetric> COMPARED = List.of(
            DetectionMetric.VUS_PR,
            DetectionMetric.AUC_PR,
            DetectionMetric.AUC_ROC,
            DetectionMetric.EVENTS_AT_10,
            DetectionMetric.UCR,
            DetectionMetric.VUS_PR_DELAYED,
            DetectionMetric.UCR_DELAYED);

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final double CONFIDENCE = 0.95;

    private JsonReport() {}

    /** Writes the file. */
    public static void write(Path file, List<SetReport> sets) throws IOException {
        JSON.writeValue(file.toFile(), of(sets));
    }

    /** The report as a tree. */
    static ObjectNode of(List<SetReport> sets) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode bySet = root.putObject("sets");
        ObjectNode budget = root.putObject("budget");
        ObjectNode causes = root.putObject("causes");
        for (SetReport set : sets) {
            ObjectNode node = bySet.putObject(set.name());
            ObjectNode series = node.putObject("series");
            set.series().forEach(one -> series(series.putObject(one.name()), one));
            ObjectNode mean = node.putObject("mean");
            set.means().forEach((detector, figures) -> figures(mean.putObject(detector), figures));
            paired(node.putObject("paired"), set);
            budget(budget.putObject(set.name()), set);
            if (set.series().stream().anyMatch(one -> one.causes().detector() != null)) {
                causes(causes.putObject(set.name()), set);
            }
        }
        return root;
    }

    private static void series(ObjectNode node, SeriesReport series) {
        node.put("rows", series.size().rows());
        node.put("events", series.size().events());
        if (!series.shape().isEmpty()) {
            node.put("shape", series.shape());
        }
        series.metrics().forEach((detector, figures) -> figures(node.putObject(detector), figures));
        if (!series.isLabelled()) {
            node.put("labelled", false);
            ArrayNode incidents = node.putArray("incidents");
            series.incidents().forEach(incidents::add);
        }
        reasons(node, "failed", series.failures());
        reasons(node, "skipped", series.skipped());
    }

    private static void reasons(ObjectNode node, String key, Map<String, String> reasons) {
        if (!reasons.isEmpty()) {
            ObjectNode byDetector = node.putObject(key);
            reasons.forEach(byDetector::put);
        }
    }

    private static void figures(ObjectNode node, MetricValues figures) {
        for (DetectionMetric measure : DetectionMetric.values()) {
            put(node, measure.key(), figures.get(measure));
        }
    }

    private static void paired(ObjectNode node, SetReport set) {
        for (String peer : set.detectors()) {
            if (peer.equals(Evaluation.DETECTOR)) {
                continue;
            }
            ObjectNode against = node.putObject(peer);
            for (DetectionMetric measure : COMPARED) {
                set.difference(Evaluation.DETECTOR, peer, measure).ifPresent(difference -> {
                    ObjectNode one = against.putObject(measure.key());
                    put(one, "mean", difference.mean());
                    put(one, "standardError", difference.standardError());
                    put(one, "low", difference.interval().lower());
                    put(one, "high", difference.interval().upper());
                    put(one, "wilcoxon", difference.wilcoxon());
                    one.put("pairs", difference.pairs());
                    one.put("beyondNoise", difference.beyondNoise());
                });
            }
        }
    }

    private static void budget(ObjectNode node, SetReport set) {
        lines(node.putArray("pooled"), set.pooledBudget());
        lines(node.putArray("own"), set.pooledOwnBudget());
        ObjectNode series = node.putObject("series");
        for (SeriesReport one : set.series()) {
            ObjectNode lines = series.putObject(one.name());
            lines(lines.putArray("rates"), one.budgets().standard());
            lines(lines.putArray("own"), one.budgets().own());
        }
    }

    private static void lines(ArrayNode node, List<AlarmBudgetResult> lines) {
        for (AlarmBudgetResult line : lines) {
            ObjectNode one = node.addObject();
            ConfidenceInterval interval = line.rate().interval(CONFIDENCE);
            put(one, "promised", line.rate().promised());
            put(one, "realised", line.rate().realised());
            put(one, "ratio", line.rate().ratio());
            put(one, "low", interval.lower());
            put(one, "high", interval.upper());
            one.put("alarms", line.rate().alarms());
            one.put("normalRows", line.rate().windows());
            one.put("events", line.events());
            put(one, "eventsFound", line.share());
        }
    }

    private static void causes(ObjectNode node, SetReport set) {
        hits(
                node.putObject(Evaluation.DETECTOR),
                CauseHitRates.mean(set.series().stream()
                        .map(one -> one.causes().detector())
                        .filter(Objects::nonNull)
                        .toList()));
        hits(
                node.putObject("static"),
                CauseHitRates.mean(set.series().stream()
                        .map(one -> one.causes().staticDeviations())
                        .filter(Objects::nonNull)
                        .toList()));
        ObjectNode series = node.putObject("series");
        for (SeriesReport one : set.series()) {
            CauseHitRates causes = one.causes().detector();
            if (causes != null) {
                hits(series.putObject(one.name()), causes);
            }
        }
    }

    private static void hits(ObjectNode node, CauseHitRates causes) {
        Map<String, Double> hits = Map.of(
                "incident100", causes.event100(),
                "incident150", causes.event150(),
                "record100", causes.row100(),
                "record150", causes.row150());
        hits.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(hit -> put(node, hit.getKey(), hit.getValue()));
        node.put("events", causes.events());
    }

    private static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
