package dev.noether.lab.evaluate.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.noether.lab.evaluate.ablate.AblationComparison;
import dev.noether.lab.evaluate.ablate.AblationReport;
import dev.noether.lab.evaluate.ablate.AblationSeries;
import dev.noether.lab.evaluate.ablate.AblationVariant;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The ablation as JSON: {@code ablation} by set with {@code series}, {@code mean} by variant, and {@code paired}
 * differences. An unknown number is null.
 */
public final class AblationJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private AblationJson() {}

    /** Writes the file. */
    public static void write(Path file, List<AblationReport> reports) throws IOException {
        JSON.writeValue(file.toFile(), of(reports));
    }

    /** The reports as a tree. */
    static ObjectNode of(List<AblationReport> reports) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode bySet = root.putObject("ablation");
        for (AblationReport report : reports) {
            ObjectNode node = bySet.putObject(report.name());
            ObjectNode series = node.putObject("series");
            report.series().forEach(one -> series(series.putObject(one.name()), one));
            ObjectNode mean = node.putObject("mean");
            for (AblationVariant variant : AblationVariant.values()) {
                ObjectNode figures = mean.putObject(variant.title());
                AblationReport.METRICS.forEach(measure -> put(figures, measure.key(), report.mean(variant, measure)));
            }
            paired(node.putArray("paired"), report);
        }
        return root;
    }

    private static void series(ObjectNode node, AblationSeries one) {
        if (one.metrics().isEmpty()) {
            node.put("notJudged", one.reason());
            return;
        }
        node.put("period", one.view().period());
        node.put("codeSize", one.view().codeSize());
        put(node, "seconds", one.view().seconds());
        ObjectNode variants = node.putObject("variants");
        one.metrics().forEach((variant, figures) -> {
            ObjectNode own = variants.putObject(variant.title());
            AblationReport.METRICS.forEach(measure -> put(own, measure.key(), figures.get(measure)));
        });
    }

    private static void paired(ArrayNode node, AblationReport report) {
        for (AblationComparison comparison : AblationComparison.all()) {
            ObjectNode one = node.addObject();
            one.put("first", comparison.first().title());
            one.put("second", comparison.second().title());
            for (DetectionMetric measure : AblationReport.METRICS) {
                report.difference(comparison, measure).ifPresent(difference -> {
                    ObjectNode figures = one.putObject(measure.key());
                    put(figures, "mean", difference.mean());
                    put(figures, "standardError", difference.standardError());
                    put(figures, "low", difference.interval().lower());
                    put(figures, "high", difference.interval().upper());
                    figures.put("pairs", difference.pairs());
                    figures.put("beyondNoise", difference.beyondNoise());
                });
            }
        }
    }

    private static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
