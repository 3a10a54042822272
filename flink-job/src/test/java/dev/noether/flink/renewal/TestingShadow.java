package dev.noether.flink.renewal;

import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.ShadowScore;
import dev.noether.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A models topic and a scores topic in memory. */
final class TestingShadow implements ScoreFeed {
    static final String DETECTOR = "fleet";
    static final double PROMISED = 1e-3;

    final List<Score> scores = new ArrayList<>();
    private final Map<Long, ModelRelease> releases = new TreeMap<>();
    private final List<PromotionDecision> decisions = new ArrayList<>();
    private final Map<Long, ShadowComparison> shadows = new TreeMap<>();
    private int position;

    void announce(List<? extends ModelsRecord> records) {
        for (ModelsRecord record : records) {
            if (record instanceof ModelRelease release) {
                releases.put(release.version(), release);
            } else if (record instanceof PromotionDecision decision) {
                decisions.add(decision);
            } else if (record instanceof ShadowComparison shadow) {
                shadows.put(shadow.model().version(), shadow);
            }
        }
    }

    ModelsTopicContent content() {
        return new ModelsTopicContent(
                List.copyOf(releases.values()), decisions, List.copyOf(shadows.values()), null, null);
    }

    ModelRelease release(long version) {
        return releases.get(version);
    }

    ShadowComparison shadow(long version) {
        return shadows.get(version);
    }

    PromotionDecision lastDecision() {
        return decisions.get(decisions.size() - 1);
    }

    static ModelRelease model(long version, ReleaseStage stage, long from) {
        return new ModelRelease(
                DETECTOR,
                version,
                new ReleasedArtifact("file:///none", String.format("%064x", version + 0xabc), 10),
                1,
                from,
                stage,
                version,
                new ReleaseCalibration(1 - PROMISED, 5, 10_000),
                Map.of());
    }

    /** A model that passed the gate. */
    void trained(long version) {
        ModelRelease challenger = model(version, ReleaseStage.CHALLENGER, 0);
        announce(List.of(
                challenger,
                new PromotionDecision.Shadowed(new DecisionFacts(
                        DETECTOR, challenger.identity(), null, "passed", "gate", version, List.of()))));
    }

    /**
     * A score of the champion, beside it one of the challenger.
     *
     * @param challenger null if there is none
     */
    static Score score(
            String entity,
            long time,
            long offset,
            ModelRelease champion,
            double p,
            boolean isAnomalous,
            @Nullable ModelRelease challenger,
            double shadowP,
            boolean isShadowAnomalous) {
        return new Score(
                DETECTOR,
                entity,
                time,
                time + 1,
                0,
                offset,
                verdict(isAnomalous),
                null,
                1,
                p,
                5,
                List.of(),
                List.of(),
                champion.version(),
                Double.NaN,
                null,
                List.of(),
                null,
                champion.identity().shortHash(),
                challenger == null
                        ? null
                        : new ShadowScore(
                                challenger.version(),
                                challenger.identity().shortHash(),
                                verdict(isShadowAnomalous),
                                shadowP));
    }

    private static Verdict verdict(boolean isAnomalous) {
        return isAnomalous ? Verdict.ANOMALOUS : Verdict.NORMAL;
    }

    @Override
    public void seek(long eventTime) {
        position = 0;
        while (position < scores.size() && scores.get(position).eventTime() < eventTime) {
            position++;
        }
    }

    @Override
    public boolean read(Consumer<Score> receiver) {
        while (position < scores.size()) {
            receiver.accept(scores.get(position++));
        }
        return true;
    }

    @Override
    public void close() {}
}
