package dev.noether.cli.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.ShadowOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model's shadow as the commands describe it. Its components are the keys of the JSON object; a number that there is
 * not is absent.
 *
 * @param outcome RUNNING, PASSED or FAILED
 * @param champion version of the model that it is compared with
 * @param from first event time, ISO 8601
 * @param to first event time after it
 * @param prolonged whether too few rows were compared at the first end
 * @param comparedRows rows that both models judged
 * @param unjudgedRows rows that only the model in force judged
 * @param entities number of entities, estimated
 * @param flaggedByBoth rows that both find anomalous
 * @param flaggedByThis rows that only this model finds anomalous
 * @param flaggedByChampion rows that only the other one finds anomalous
 * @param alarms alarms that this model would have raised
 * @param championAlarms alarms of the other one
 * @param sharedAlarms alarms of both
 * @param alarmRatio this model's alarms for each of the other one
 * @param alarmRatioLow lower end of its interval
 * @param alarmRatioHigh upper end of its interval
 * @param rankCorrelation rank correlation of the p-values
 * @param cost time of a row with this model, divided by that with the other one
 * @param updatedAt time of this state
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShadowDescription(
        String outcome,
        long champion,
        String from,
        String to,
        boolean prolonged,
        long comparedRows,
        long unjudgedRows,
        long entities,
        long flaggedByBoth,
        long flaggedByThis,
        long flaggedByChampion,
        long alarms,
        long championAlarms,
        long sharedAlarms,
        @Nullable Double alarmRatio,
        @Nullable Double alarmRatioLow,
        @Nullable Double alarmRatioHigh,
        @Nullable Double rankCorrelation,
        @Nullable Double cost,
        String updatedAt) {
    /** Describes the shadow of a model; null if it has none. */
    public static @Nullable ShadowDescription of(ModelIdentity model, List<ShadowComparison> shadows) {
        ShadowComparison shadow = find(model, shadows);
        return shadow == null ? null : of(shadow);
    }

    private static ShadowDescription of(ShadowComparison shadow) {
        return new ShadowDescription(
                shadow.outcome().name(),
                shadow.champion().version(),
                time(shadow.range().from()),
                time(shadow.range().to()),
                shadow.range().isProlonged(),
                shadow.rows().compared(),
                shadow.rows().unjudged(),
                shadow.rows().entities(),
                shadow.rows().flaggedByBoth(),
                shadow.rows().flaggedByChallenger(),
                shadow.rows().flaggedByChampion(),
                shadow.alarms().challenger(),
                shadow.alarms().champion(),
                shadow.alarms().shared(),
                number(shadow.alarms().ratio()),
                number(shadow.figures().alarmRatioLow()),
                number(shadow.figures().alarmRatioHigh()),
                number(shadow.figures().rankCorrelation()),
                number(shadow.figures().cost()),
                time(shadow.updatedAt()));
    }

    /** Returns the state of a challenger in a few words; empty if the model is none. */
    static String state(ModelRelease release, List<ShadowComparison> shadows) {
        if (release.stage() != ReleaseStage.CHALLENGER) {
            return "";
        }
        ShadowComparison shadow = find(release.identity(), shadows);
        if (shadow == null) {
            return "; waits for its shadow, which a retrainer begins";
        }
        if (shadow.outcome() == ShadowOutcome.PASSED) {
            return "; passed its shadow; let it score with ./noether models promote " + release.version();
        }
        return String.format(
                Locale.ROOT,
                "; in shadow from %s to before %s, %,d rows compared with model %d",
                time(shadow.range().from()),
                time(shadow.range().to()),
                shadow.rows().compared(),
                shadow.champion().version());
    }

    /** Returns the lines of the model's card on its shadow; none if it has none. */
    public static List<String> lines(ModelIdentity model, List<ShadowComparison> shadows) {
        ShadowComparison shadow = find(model, shadows);
        if (shadow == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("## Shadow: " + shadow.outcome().name().toLowerCase(Locale.ROOT));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Event times from %s to before %s, beside model %d. %,d rows of about %,d entities were compared;"
                        + " %,d rows were judged by model %d alone.",
                time(shadow.range().from()),
                time(shadow.range().to()),
                shadow.champion().version(),
                shadow.rows().compared(),
                shadow.rows().entities(),
                shadow.rows().unjudged(),
                shadow.champion().version()));
        lines.add(String.format(
                Locale.ROOT,
                "Alarms: %,d, of model %d %,d, of both %,d; ratio %s (%s to %s). Anomalous rows: %,d, of the other one"
                        + " %,d, of both %,d.",
                shadow.alarms().challenger(),
                shadow.champion().version(),
                shadow.alarms().champion(),
                shadow.alarms().shared(),
                text(shadow.alarms().ratio()),
                text(shadow.figures().alarmRatioLow()),
                text(shadow.figures().alarmRatioHigh()),
                shadow.rows().flaggedByChallenger() + shadow.rows().flaggedByBoth(),
                shadow.rows().flaggedByChampion() + shadow.rows().flaggedByBoth(),
                shadow.rows().flaggedByBoth()));
        lines.add("Rank correlation of the p-values: " + text(shadow.figures().rankCorrelation())
                + ". Time of a row, compared with the other model: "
                + text(shadow.figures().cost()) + ".");
        return lines;
    }

    private static @Nullable ShadowComparison find(ModelIdentity model, List<ShadowComparison> shadows) {
        return shadows.stream()
                .filter(shadow -> shadow.model().equals(model))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "unknown" : String.format(Locale.ROOT, "%.3g", value);
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
