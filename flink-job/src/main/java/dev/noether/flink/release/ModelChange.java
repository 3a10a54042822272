package dev.noether.flink.release;

import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records that withdraw or promote a model of a detector, given what the models topic says. It writes nothing: an
 * {@link Announcer} does. Immutable; thread safe.
 */
public final class ModelChange {
    private final ModelsTopicContent content;
    private final ReleaseTimeline timeline;
    private final long now;

    /**
     * Makes the changes of a content.
     *
     * @param content what the models topic says
     * @param now time of the change, milliseconds since 1970 UTC
     */
    public ModelChange(ModelsTopicContent content, long now) {
        this.content = content;
        this.timeline = new ReleaseTimeline(content.releases());
        this.now = now;
    }

    /**
     * Who decides and why.
     *
     * @param by the probation, or a person's name
     * @param reason one sentence
     * @param figures what the decision rests on; may be empty
     */
    public record Reason(String by, String reason, List<GateFigure> figures) {
        public Reason {
            figures = List.copyOf(figures);
        }
    }

    /** Returns the release that scores an event time; null if there is none. */
    public @Nullable ModelRelease inForce(long eventTime) {
        return timeline.at(eventTime);
    }

    /**
     * Returns the release of a version.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ModelRelease find(long version) {
        return content.releases().stream()
                .filter(release -> release.version() == version)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no model version " + version + "; known versions are "
                        + content.releases().stream().map(ModelRelease::version).toList()));
    }

    /** Returns the release that scores from an event time on if another one is withdrawn; null if there is none. */
    public @Nullable ModelRelease successor(ModelRelease withdrawn, long end) {
        List<ModelRelease> others = content.releases().stream()
                .filter(release -> release.version() != withdrawn.version())
                .toList();
        return new ReleaseTimeline(others).at(end);
    }

    /** Returns the release with the file of a model, if it scores the latest event times; null if another one does. */
    public @Nullable ModelRelease scoresAlready(ModelRelease release) {
        ModelRelease last = inForce(ModelRelease.NO_END - 1);
        return last != null
                        && last.artifact().sha256().equals(release.artifact().sha256())
                ? last
                : null;
    }

    /** Returns the releases that begin to score after an event time, the earliest first. */
    public List<ModelRelease> laterThan(long eventTime) {
        return content.releases().stream()
                .filter(release -> release.effectiveFrom() > eventTime)
                .filter(release -> timeline.usedUntil(release) > eventTime)
                .sorted(ReleaseTimeline.BY_EFFECT)
                .toList();
    }

    /**
     * Returns the records that end a model.
     *
     * @param release the model
     * @param end first event time that it no longer scores; before the start of the model it means the start, so that
     *     the model scores nothing
     * @throws IllegalArgumentException if the model does not score, or has ended before
     */
    public List<ModelsRecord> withdraw(ModelRelease release, long end, Reason reason) {
        if (!ReleaseTimeline.mayScore(release)) {
            throw new IllegalArgumentException(
                    "model " + release.version() + " does not score; its stage is " + release.stage());
        }
        if (release.effectiveTo() <= end) {
            throw new IllegalArgumentException("model " + release.version() + " is withdrawn already, from event time "
                    + Instant.ofEpochMilli(release.effectiveTo()) + " on");
        }
        ModelRelease ended = release.inStage(
                ReleaseStage.RETIRED, release.effectiveFrom(), Math.max(end, release.effectiveFrom()), later(release));
        ModelRelease successor = successor(release, end);
        return List.of(
                ended,
                new PromotionDecision.Withdrawn(
                        facts(release.identity(), successor == null ? null : successor.identity(), release, reason)));
    }

    /** Whether a model may be promoted as it is: one that has scored keeps its rows, and needs a version of its own. */
    public boolean needsNewVersion(ModelRelease release) {
        return release.stage() == ReleaseStage.CHAMPION || release.stage() == ReleaseStage.RETIRED;
    }

    /** Returns the version that a new model gets. */
    public long nextVersion() {
        return 1
                + content.releases().stream()
                        .mapToLong(ModelRelease::version)
                        .max()
                        .orElse(0);
    }

    /**
     * Returns the records that let a model score.
     *
     * @param release the model, which has not scored under its version
     * @param from first event time that it scores
     */
    public List<ModelsRecord> promote(ModelRelease release, long from, Reason reason) {
        ModelRelease champion = timeline.at(from);
        return List.of(
                release.inStage(ReleaseStage.CHAMPION, from, ModelRelease.NO_END, later(release)),
                new PromotionDecision.Promoted(
                        facts(release.identity(), champion == null ? null : champion.identity(), release, reason)));
    }

    /**
     * Returns the records that keep a challenger from scoring.
     *
     * @param release the model, which has not scored under its version
     */
    public List<ModelsRecord> refuse(ModelRelease release, @Nullable ModelIdentity champion, Reason reason) {
        return List.of(
                release.inStage(ReleaseStage.REFUSED, release.effectiveFrom(), ModelRelease.NO_END, later(release)),
                new PromotionDecision.Refused(facts(release.identity(), champion, release, reason)));
    }

    /**
     * Returns a challenger with the event times [from, to) of its shadow; {@link ModelRelease#NO_END} as the end means
     * that it waits.
     */
    public ModelRelease shadow(ModelRelease release, long from, long to) {
        return release.inStage(ReleaseStage.CHALLENGER, from, to, later(release));
    }

    /** A clock may be behind the one that announced the model before: the newest announcement of a version counts. */
    private long later(ModelRelease release) {
        return Math.max(now, release.announcedAt() + 1);
    }

    private DecisionFacts facts(
            ModelIdentity model, @Nullable ModelIdentity other, ModelRelease release, Reason reason) {
        return new DecisionFacts(release.detector(), model, other, reason.reason(), reason.by(), now, reason.figures());
    }
}
