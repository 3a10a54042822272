package dev.noether.flink.release;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.training.InputStatement;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseCalibration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model in words: what it is, what it was trained on, when it scores, and what was decided on it. A page in Markdown
 * lies beside each artifact in the model store. Stateless; thread safe.
 */
public final class ModelCard {
    /** What follows the name of the artifact's file in the name of the card's file. */
    static final String SUFFIX = ".md";

    private static final String CONFIG = "config";

    private ModelCard() {}

    /**
     * Returns the page of a model.
     *
     * @param release the model
     * @param decisions decisions on it, oldest first; may be empty
     */
    public static String of(ModelRelease release, List<PromotionDecision> decisions) {
        List<String> lines = new ArrayList<>();
        lines.add("# Model " + release.version() + " of detector " + release.detector());
        lines.add("");
        lines.add("| | |");
        lines.add("|---|---|");
        lines.add(row("SHA-256 of the artifact", "`" + release.artifact().sha256() + "`"));
        lines.add(row("file", release.artifact().uri()));
        lines.add(row(
                "size",
                String.format(Locale.ROOT, "%,d bytes", release.artifact().bytes())));
        lines.add(row("stage", String.valueOf(release.stage())));
        lines.add(row("scores event times", times(release)));
        lines.add(row("announced", Instant.ofEpochMilli(release.announcedAt()).toString()));
        lines.add(row(
                "alarm threshold",
                String.format(
                        Locale.ROOT,
                        "%.6g, exceeded by a share of %.3g of normal windows; calibrated on %,d scores",
                        release.calibration().threshold(),
                        1 - release.calibration().quantile(),
                        release.calibration().size())));
        lines.add(row("carried budget", carriedBudget(release.calibration())));
        for (String sentence : InputStatement.of(release.provenance())) {
            lines.add("");
            lines.add(capital(sentence) + ".");
        }
        decisions.forEach(decision -> addDecision(decision, lines));
        addProvenance(release.provenance(), lines);
        return String.join("\n", lines) + "\n";
    }

    /** The smallest budget that the scores of the history can measure, at best: a burst of them counts as one. */
    private static String carriedBudget(ReleaseCalibration calibration) {
        double rate = 1 - calibration.quantile();
        long carried = Math.max(1, Math.round(calibration.size() / TailCalibration.scoresFor(1)));
        String text = String.format(Locale.ROOT, "the history carries at best one alarm in %,d rows", carried);
        return calibration.size() >= TailCalibration.scoresFor(rate)
                ? text
                : text
                        + String.format(
                                Locale.ROOT,
                                "; the budget is one in %,d rows, so the threshold is extrapolated and widened",
                                Math.round(1 / rate));
    }

    /** Returns the decisions on a model, not on another one of its version. */
    public static List<PromotionDecision> on(ModelRelease release, List<PromotionDecision> decisions) {
        return decisions.stream()
                .filter(decision -> decision.facts().model().equals(release.identity()))
                .toList();
    }

    /** Returns the event times that a release scores, in words. */
    public static String times(ModelRelease release) {
        if (!ReleaseTimeline.mayScore(release)) {
            return "none";
        }
        String from = "from " + Instant.ofEpochMilli(release.effectiveFrom());
        return release.effectiveTo() == ModelRelease.NO_END
                ? from
                : from + " to before " + Instant.ofEpochMilli(release.effectiveTo());
    }

    /** Returns the outcome of a decision in one word. */
    public static String outcome(PromotionDecision decision) {
        if (decision instanceof PromotionDecision.Promoted) {
            return "promoted";
        }
        if (decision instanceof PromotionDecision.Refused) {
            return "refused";
        }
        if (decision instanceof PromotionDecision.Withdrawn) {
            return "withdrawn";
        }
        return decision instanceof PromotionDecision.Shadowed ? "shadowed" : "decided";
    }

    private static void addDecision(PromotionDecision decision, List<String> lines) {
        lines.add("");
        lines.add("## " + capital(outcome(decision)) + " by " + decision.facts().decidedBy() + " at "
                + Instant.ofEpochMilli(decision.facts().decidedAt()));
        lines.add("");
        lines.add(decision.facts().reason());
        List<GateFigure> figures = decision.facts().figures();
        if (!figures.isEmpty()) {
            lines.add("");
            lines.add("| figure | this model | model in force | limit | passed | |");
            lines.add("|---|---|---|---|---|---|");
            figures.forEach(figure -> lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s |",
                    figure.name(),
                    number(figure.challenger()),
                    number(figure.champion()),
                    number(figure.limit()),
                    figure.isPassed() ? "yes" : "no",
                    cell(figure.sentence()))));
        }
    }

    private static void addProvenance(Map<String, String> provenance, List<String> lines) {
        lines.add("");
        lines.add("## Provenance");
        lines.add("");
        lines.add("| | |");
        lines.add("|---|---|");
        Map<String, String> sorted = new TreeMap<>(provenance);
        String config = sorted.remove(CONFIG);
        sorted.forEach((key, value) -> lines.add(row(key, value)));
        if (config != null) {
            lines.add("");
            lines.add("## Configuration");
            lines.add("");
            lines.add("```yaml");
            lines.add(config.strip());
            lines.add("```");
        }
    }

    private static String row(String name, String value) {
        return "| " + cell(name) + " | " + cell(value) + " |";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ").strip();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4g", value);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
