package dev.noether.flink.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.PromotionPolicy;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShadowAlarms;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.ShadowOutcome;
import dev.noether.schemas.ShadowRange;
import dev.noether.schemas.ShadowRows;
import dev.noether.testing.RandomizedTest;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The leader's way with challengers: the range, the comparison, the decision, also with another leader in between. */
class ShadowDutyTest extends RandomizedTest {
    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final int ENTITIES = 5;

    private final TestingShadow topic = new TestingShadow();
    private final ModelRelease champion = TestingShadow.model(1, ReleaseStage.CHAMPION, 0);
    private DetectorConfig config;
    private ShadowDuty duty;
    private long time;
    private long now = 1_000;

    /** How a challenger judges. */
    private record Behaviour(double alarmRate, double likeness, boolean isJudging) {
        static final Behaviour GOOD = new Behaviour(TestingShadow.PROMISED, 0.9, true);
        static final Behaviour NOISY = new Behaviour(20 * TestingShadow.PROMISED, 0.9, true);
        static final Behaviour UNLIKE = new Behaviour(TestingShadow.PROMISED, 0, true);
        static final Behaviour SILENT = new Behaviour(0, 0, false);
    }

    @BeforeEach
    void begin() {
        config = DetectorConfig.withDefaults(TestingShadow.DETECTOR, TestingModels.features(2))
                .with(RetrainingSection.SHADOW, Duration.ofHours(1));
        duty = newLeader();
        topic.announce(List.of(champion));
    }

    private ShadowDuty newLeader() {
        return new ShadowDuty(
                config,
                topic,
                () -> topic.scores.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(
                                topic.scores.get(topic.scores.size() - 1).eventTime()),
                (challenger, other) -> 1.5,
                () -> now++);
    }

    private List<ModelsRecord> look() {
        List<ModelsRecord> records = duty.look(topic.content());
        topic.announce(records);
        return records;
    }

    /** Scores one row of each entity in each second of event time, as the scoring job would with what is announced. */
    private void score(RandomGenerator random, long seconds, Behaviour behaviour) {
        for (long end = time + seconds * SECOND; time < end; time += SECOND) {
            ModelRelease inForce = new ModelChange(topic.content(), 0).inForce(time);
            ModelRelease challenger = topic.content().releases().stream()
                    .filter(release -> release.stage() == ReleaseStage.CHALLENGER
                            && release.effectiveFrom() <= time
                            && time < release.effectiveTo()
                            && release.effectiveTo() != ModelRelease.NO_END)
                    .findFirst()
                    .orElse(null);
            for (int entity = 0; entity < ENTITIES; entity++) {
                double p = 1 - random.nextDouble();
                double other = 1 - random.nextDouble();
                double like = behaviour.likeness * p + (1 - behaviour.likeness) * other;
                topic.scores.add(TestingShadow.score(
                        "host-" + entity,
                        time,
                        topic.scores.size(),
                        inForce,
                        p,
                        random.nextDouble() < TestingShadow.PROMISED,
                        behaviour.isJudging ? challenger : null,
                        like,
                        random.nextDouble() < behaviour.alarmRate));
            }
        }
    }

    /** Until the challenger has an outcome; the leader changes now and then. */
    private void run(RandomGenerator random, Behaviour behaviour, long version) {
        for (int i = 0; i < 40 && !isDecided(version); i++) {
            score(random, 600, behaviour);
            if (random.nextInt(3) == 0) {
                duty = newLeader();
            }
            look();
            look();
        }
        assertThat(isDecided(version)).as("decided").isTrue();
    }

    private boolean isDecided(long version) {
        ShadowComparison shadow = topic.shadow(version);
        return shadow != null && shadow.outcome() != ShadowOutcome.RUNNING;
    }

    @Test
    void aGoodChallengerGetsItsRangeAndIsPromoted(RandomGenerator random) {
        score(random, 60, Behaviour.GOOD);
        topic.trained(2);
        look();
        ModelRelease shadowed = topic.release(2);
        assertThat(shadowed.stage()).isEqualTo(ReleaseStage.CHALLENGER);
        assertThat(shadowed.effectiveFrom()).isEqualTo(59 * SECOND + 1 + 60 * SECOND);
        assertThat(shadowed.effectiveTo() - shadowed.effectiveFrom()).isEqualTo(HOUR);
        assertThat(look()).as("nothing to say before the range").isEmpty();
        run(random, Behaviour.GOOD, 2);
        ModelRelease promoted = topic.release(2);
        assertThat(promoted.stage()).isEqualTo(ReleaseStage.CHAMPION);
        assertThat(promoted.effectiveFrom()).isGreaterThan(time - SECOND).isLessThan(time + 2 * 60 * SECOND);
        assertThat(promoted.effectiveTo()).isEqualTo(ModelRelease.NO_END);
        PromotionDecision decision = topic.lastDecision();
        assertThat(decision).isInstanceOf(PromotionDecision.Promoted.class);
        assertThat(decision.facts().decidedBy()).isEqualTo("shadow");
        assertThat(decision.facts().champion()).isEqualTo(champion.identity());
        assertThat(decision.facts().figures()).extracting("name").contains("alarmRate", "rankCorrelation");
        ShadowComparison comparison = topic.shadow(2);
        assertThat(comparison.outcome()).isEqualTo(ShadowOutcome.PASSED);
        assertThat(comparison.rows().compared()).isEqualTo(ENTITIES * 3_600L);
        assertThat(comparison.rows().unjudged()).isZero();
        assertThat(comparison.rows().entities()).isEqualTo(ENTITIES);
        assertThat(comparison.figures().rankCorrelation()).isGreaterThan(0.9);
        assertThat(comparison.figures().cost()).isEqualTo(1.5);
        assertThat(look()).isEmpty();
    }

    @Test
    void badChallengersAreRefusedWithTheFiguresName(RandomGenerator random) {
        score(random, 60, Behaviour.GOOD);
        int version = 2;
        for (Behaviour bad : List.of(Behaviour.NOISY, Behaviour.UNLIKE)) {
            topic.trained(version);
            look();
            run(random, bad, version);
            assertThat(topic.release(version).stage()).isEqualTo(ReleaseStage.REFUSED);
            assertThat(topic.shadow(version).outcome()).isEqualTo(ShadowOutcome.FAILED);
            assertThat(topic.lastDecision()).isInstanceOf(PromotionDecision.Refused.class);
            assertThat(topic.lastDecision().facts().reason())
                    .startsWith(bad == Behaviour.NOISY ? "alarmRate: alarms " : "rankCorrelation: the rank");
            version++;
        }
        assertThat(new ModelChange(topic.content(), 0).inForce(time)).isEqualTo(champion);
    }

    @Test
    void anyLeaderFindsTheSame(RandomGenerator random) {
        score(random, 60, Behaviour.GOOD);
        topic.trained(2);
        look();
        score(random, 4_000, Behaviour.GOOD);
        look();
        List<ModelsRecord> one = duty.look(topic.content());
        duty = newLeader();
        look();
        List<ModelsRecord> other = duty.look(topic.content());
        assertThat(one).hasSize(3);
        for (int i = 0; i < 2; i++) {
            assertThat(other.get(i)).hasSameClassAs(one.get(i));
        }
        ShadowComparison first = (ShadowComparison) one.get(2);
        ShadowComparison second = (ShadowComparison) other.get(2);
        assertThat(second.rows()).isEqualTo(first.rows());
        assertThat(second.alarms()).isEqualTo(first.alarms());
        assertThat(second.figures()).isEqualTo(first.figures());
    }

    @Test
    void tooFewRowsProlongTheShadowOnceAndAreThenAReasonToRefuse(RandomGenerator random) {
        score(random, 60, Behaviour.GOOD);
        topic.trained(2);
        look();
        long from = topic.release(2).effectiveFrom();
        score(random, 3_700, Behaviour.SILENT);
        look();
        look();
        ModelRelease prolonged = topic.release(2);
        assertThat(prolonged.stage()).isEqualTo(ReleaseStage.CHALLENGER);
        assertThat(prolonged.effectiveFrom()).isGreaterThan(from);
        assertThat(prolonged.effectiveTo() - prolonged.effectiveFrom()).isEqualTo(2 * HOUR);
        assertThat(topic.shadow(2).range().isProlonged()).isTrue();
        run(random, Behaviour.SILENT, 2);
        assertThat(topic.release(2).stage()).isEqualTo(ReleaseStage.REFUSED);
        assertThat(topic.lastDecision().facts().reason()).startsWith("comparedRows: 0 rows were compared");
    }

    @Test
    void byHandAPersonIsAwaitedAndNewerChallengersAreNotHeldUp(RandomGenerator random) {
        config = config.with(RetrainingSection.SHADOW_PROMOTION, PromotionPolicy.MANUAL);
        duty = newLeader();
        score(random, 60, Behaviour.GOOD);
        topic.trained(2);
        look();
        run(random, Behaviour.GOOD, 2);
        ModelRelease waiting = topic.release(2);
        assertThat(waiting.stage()).isEqualTo(ReleaseStage.CHALLENGER);
        assertThat(waiting.effectiveTo()).as("the scoring job lets it go").isEqualTo(ModelRelease.NO_END);
        assertThat(topic.shadow(2).outcome()).isEqualTo(ShadowOutcome.PASSED);
        assertThat(topic.lastDecision()).isInstanceOf(PromotionDecision.Shadowed.class);
        score(random, 600, Behaviour.GOOD);
        assertThat(look()).isEmpty();
        topic.trained(3);
        look();
        assertThat(topic.release(3).effectiveTo()).isNotEqualTo(ModelRelease.NO_END);
    }

    @Test
    void aNewerChallengerWaitsAndReplacesOnlyOneThatWaits(RandomGenerator random) {
        score(random, 60, Behaviour.GOOD);
        topic.trained(2);
        look();
        ModelRelease running = topic.release(2);
        topic.trained(3);
        assertThat(look()).isEmpty();
        topic.trained(4);
        look();
        assertThat(topic.release(2)).isEqualTo(running);
        assertThat(topic.release(3).stage()).isEqualTo(ReleaseStage.REFUSED);
        assertThat(topic.lastDecision().facts().reason()).startsWith("replaced: model 4 was trained");
        assertThat(topic.release(4).stage()).isEqualTo(ReleaseStage.CHALLENGER);
        run(random, Behaviour.GOOD, 2);
        look();
        ModelRelease next = topic.release(4);
        assertThat(next.effectiveTo()).isNotEqualTo(ModelRelease.NO_END);
        assertThat(topic.shadow(4).champion())
                .as("model 2 is in force when the shadow of model 4 begins")
                .isEqualTo(topic.release(2).identity());
    }

    @Test
    void ifTheChampionIsWithdrawnTheComparisonBeginsAnew(RandomGenerator random) {
        ModelRelease second = TestingShadow.model(2, ReleaseStage.CHAMPION, 30 * SECOND);
        topic.announce(List.of(second));
        score(random, 60, Behaviour.GOOD);
        topic.trained(3);
        look();
        assertThat(topic.shadow(3).champion()).isEqualTo(second.identity());
        score(random, 1_000, Behaviour.GOOD);
        topic.announce(new ModelChange(topic.content(), now)
                .withdraw(second, time + 5 * SECOND, new ModelChange.Reason("somebody", "noisy", List.of())));
        look();
        assertThat(topic.shadow(3).champion()).isEqualTo(champion.identity());
        assertThat(topic.shadow(3).range().from()).isGreaterThan(time);
        assertThat(topic.release(3).effectiveFrom())
                .isEqualTo(topic.shadow(3).range().from());
        run(random, Behaviour.GOOD, 3);
        assertThat(topic.release(3).stage()).isEqualTo(ReleaseStage.CHAMPION);
        assertThat(topic.shadow(3).rows().compared()).isEqualTo(ENTITIES * 3_600L);
    }

    @Test
    void withoutAModelInForceOrWithoutScoresTheChallengerWaits(RandomGenerator random) {
        topic.trained(2);
        assertThat(look()).as("no score").isEmpty();
        score(random, 10, Behaviour.GOOD);
        topic.announce(new ModelChange(topic.content(), now)
                .withdraw(champion, time, new ModelChange.Reason("somebody", "to none", List.of())));
        assertThat(look()).as("no model").isEmpty();
    }

    @Test
    void aChallengerThatDidNotPassTheGateIsNotTouched(RandomGenerator random) {
        score(random, 60, Behaviour.GOOD);
        topic.announce(List.of(TestingShadow.model(2, ReleaseStage.CHALLENGER, 0)));
        assertThat(look()).isEmpty();
    }

    @Test
    void theComparisonSoFarIsWrittenEachTenthOfTheRange(RandomGenerator random) {
        score(random, 60, Behaviour.GOOD);
        topic.trained(2);
        look();
        int reports = 0;
        for (int i = 0; i < 60; i++) {
            score(random, 60, Behaviour.GOOD);
            reports += look().size();
        }
        assertThat(reports).isBetween(9, 11);
        ShadowComparison progress = topic.shadow(2);
        assertThat(progress.outcome()).isEqualTo(ShadowOutcome.RUNNING);
        assertThat(progress.rows().compared()).isPositive();
    }

    @Test
    void theTallyCountsAlarmsNotRows() {
        ModelRelease challenger = TestingShadow.model(2, ReleaseStage.CHALLENGER, 0);
        ShadowTally tally =
                new ShadowTally(challenger.identity(), champion.identity(), new ShadowRange(0, HOUR, false));
        // An alarm of both, rows 0 to 14; then one of the challenger; the rows of the other entity lie in between.
        for (int i = 0; i < 60; i++) {
            boolean own = i < 3 || i == 14 || i == 40;
            boolean other = i == 5;
            tally.add(row("a", i, challenger, own, other));
            tally.add(row("b", i, challenger, false, i == 59));
        }
        tally.add(row("c", 60, null, false, false));
        tally.add(row("c", 61, TestingShadow.model(7, ReleaseStage.CHALLENGER, 0), true, false));
        assertThat(tally.alarms()).isEqualTo(new ShadowAlarms(1, 1, 1));
        assertThat(tally.rows()).isEqualTo(new ShadowRows(120, 2, 2, 0, 5, 2));
    }

    private Score row(String entity, int second, ModelRelease challenger, boolean own, boolean other) {
        return TestingShadow.score(entity, second * SECOND, second, champion, 0.5, other, challenger, 0.5, own);
    }
}
