package dev.noether.cli.models;

import dev.noether.flink.release.ModelCard;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The models of a detector as lines of text. Stateless; thread safe. */
public final class ModelTable {
    private static final String CONFIG = "config";

    private ModelTable() {}

    /**
     * Returns one line for each model, the newest version last.
     *
     * @param content what the models topic says of the detector
     * @param inForce the model that scores the newest event time; null if there is none
     */
    public static List<String> lines(ModelsTopicContent content, @Nullable ModelRelease inForce) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("  %7s  %-16s  %-10s  %s", "version", "SHA-256", "stage", "scores event times"));
        for (ModelRelease release : content.releases()) {
            boolean isInForce = inForce != null && inForce.identity().equals(release.identity());
            lines.add(String.format(
                    Locale.ROOT,
                    "%s %7d  %-16s  %-10s  %s%s%s",
                    isInForce ? "*" : " ",
                    release.version(),
                    release.identity().shortHash(),
                    release.stage(),
                    ModelCard.times(release),
                    ShadowDescription.state(release, content.shadows()),
                    lastDecision(ModelCard.on(release, content.decisions()))));
        }
        lines.add(inForce == null ? "No model is in force." : "* is in force.");
        return lines;
    }

    private static String lastDecision(List<PromotionDecision> decisions) {
        if (decisions.isEmpty()) {
            return "";
        }
        PromotionDecision last = decisions.get(decisions.size() - 1);
        return "; " + ModelCard.outcome(last) + " by " + last.facts().decidedBy() + ": "
                + last.facts().reason();
    }

    /** Returns one line for each difference between two models, in their release, provenance and configuration. */
    public static List<String> differences(ModelRelease first, ModelRelease second) {
        List<String> lines = new ArrayList<>();
        add("SHA-256", first.artifact().sha256(), second.artifact().sha256(), lines);
        add("stage", first.stage(), second.stage(), lines);
        add("scores event times", ModelCard.times(first), ModelCard.times(second), lines);
        add("threshold", first.calibration().threshold(), second.calibration().threshold(), lines);
        add(
                "alarm rate",
                1 - first.calibration().quantile(),
                1 - second.calibration().quantile(),
                lines);
        add("calibrated on", first.calibration().size(), second.calibration().size(), lines);
        SortedSet<String> keys = new TreeSet<>(first.provenance().keySet());
        keys.addAll(second.provenance().keySet());
        keys.remove(CONFIG);
        for (String key : keys) {
            add(key, first.provenance().get(key), second.provenance().get(key), lines);
        }
        addConfig(first.provenance().get(CONFIG), second.provenance().get(CONFIG), lines);
        return lines;
    }

    private static void add(String name, @Nullable Object first, @Nullable Object second, List<String> lines) {
        if (!Objects.equals(first, second)) {
            lines.add(name + ": " + (first == null ? "–" : first) + " → " + (second == null ? "–" : second));
        }
    }

    /** Lines of the configuration that only one of the models has. */
    private static void addConfig(@Nullable String first, @Nullable String second, List<String> lines) {
        List<String> before = first == null ? List.of() : first.lines().toList();
        List<String> after = second == null ? List.of() : second.lines().toList();
        before.stream().filter(line -> !after.contains(line)).forEach(line -> lines.add("- " + line));
        after.stream().filter(line -> !before.contains(line)).forEach(line -> lines.add("+ " + line));
    }
}
