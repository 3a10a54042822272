package dev.noether.cli.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.noether.flink.release.ModelCard;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model as the commands describe it. Its components are the keys of the JSON object.
 *
 * @param version version of the model
 * @param sha256 SHA-256 of the artifact
 * @param stage stage of its release
 * @param inForce whether it scores the newest event time
 * @param scoresFrom first event time that it scores, ISO 8601; null if it scores none
 * @param scoresTo first event time that it no longer scores; null if there is none
 * @param announcedAt time of the newest announcement
 * @param threshold alarm threshold
 * @param alarmRate share of normal windows that exceed it
 * @param uri address of the artifact
 * @param bytes size of the artifact
 * @param decisions decisions on the model, oldest first
 * @param shadow its shadow; null if it has none
 * @param provenance what the model was made of; null where only a list was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelDescription(
        long version,
        String sha256,
        String stage,
        boolean inForce,
        @Nullable String scoresFrom,
        @Nullable String scoresTo,
        String announcedAt,
        double threshold,
        double alarmRate,
        String uri,
        long bytes,
        List<Decision> decisions,
        @Nullable ShadowDescription shadow,
        @Nullable SortedMap<String, String> provenance) {
    /** A decision on the model; {@code otherVersion} is the model beside it, if there is one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Decision(
            String outcome,
            String reason,
            String by,
            String at,
            @Nullable Long otherVersion,
            List<Figure> figures) {}

    /** A figure of a decision; a number that there is not is absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Figure(
            String name,
            @Nullable Double challenger,
            @Nullable Double champion,
            @Nullable Double limit,
            boolean passed,
            String sentence) {}

    /**
     * Describes a model.
     *
     * @param release the model
     * @param content what the models topic says of the detector
     * @param isInForce whether it scores the newest event time
     * @param hasProvenance whether the description has the provenance
     */
    public static ModelDescription of(
            ModelRelease release, ModelsTopicContent content, boolean isInForce, boolean hasProvenance) {
        boolean scores = ReleaseTimeline.mayScore(release);
        return new ModelDescription(
                release.version(),
                release.artifact().sha256(),
                release.stage().name(),
                isInForce,
                scores ? time(release.effectiveFrom()) : null,
                scores && release.effectiveTo() != ModelRelease.NO_END ? time(release.effectiveTo()) : null,
                time(release.announcedAt()),
                release.calibration().threshold(),
                1 - release.calibration().quantile(),
                release.artifact().uri(),
                release.artifact().bytes(),
                ModelCard.on(release, content.decisions()).stream()
                        .map(ModelDescription::decision)
                        .toList(),
                ShadowDescription.of(release.identity(), content.shadows()),
                hasProvenance ? new TreeMap<>(release.provenance()) : null);
    }

    private static Decision decision(PromotionDecision decision) {
        List<Figure> figures = new ArrayList<>();
        for (GateFigure figure : decision.facts().figures()) {
            figures.add(new Figure(
                    figure.name(),
                    number(figure.challenger()),
                    number(figure.champion()),
                    number(figure.limit()),
                    figure.isPassed(),
                    figure.sentence()));
        }
        return new Decision(
                ModelCard.outcome(decision),
                decision.facts().reason(),
                decision.facts().decidedBy(),
                time(decision.facts().decidedAt()),
                decision.facts().champion() == null
                        ? null
                        : decision.facts().champion().version(),
                figures);
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
