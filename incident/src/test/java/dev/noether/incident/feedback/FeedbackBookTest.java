package dev.noether.incident.feedback;

import static dev.noether.incident.feedback.TestingJudgements.DAY;
import static dev.noether.incident.feedback.TestingJudgements.ENTITY;
import static dev.noether.incident.feedback.TestingJudgements.HALF_LIFE;
import static dev.noether.incident.feedback.TestingJudgements.START;
import static dev.noether.incident.feedback.TestingJudgements.WEEK;
import static dev.noether.incident.feedback.TestingJudgements.feedback;
import static dev.noether.incident.feedback.TestingJudgements.part;
import static dev.noether.incident.feedback.TestingJudgements.score;
import static dev.noether.incident.feedback.TestingJudgements.stuck;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.incident.anomaly.AnomalyTracker;
import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.incident.feedback.TestingJudgements.Part;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.JudgedIncident;
import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A weekly backup of a database: processor and disk are busy. */
class FeedbackBookTest extends RandomizedTest {
    private static final Part[] BACKUP = {part("disk", 20, 0.6), part("cpu", 9, 0.3), part("memory", 1, 0.1)};

    private final FeedbackBook book = new FeedbackBook(HALF_LIFE);
    private long offset;

    @Test
    void isSilentTheThirdTimeAfterTwoDismissals() {
        assertThat(told(score(START, 3.2, BACKUP))).isTrue();
        say("first", FeedbackVerdict.DISMISSED, START + DAY, 3.2);
        assertThat(told(score(START + WEEK, 3.4, BACKUP))).isTrue();
        say("second", FeedbackVerdict.DISMISSED, START + WEEK + DAY, 3.4);
        assertThat(reason(score(START + 2 * WEEK, 3.3, BACKUP)))
                .isEqualTo("dismissed 2 times, last on 2023-11-22T22:13:20Z; alarms of this kind need a score above "
                        + "9.047");
    }

    @Test
    void oneFreshDismissalHidesWhatIsNotStronger() {
        say("first", FeedbackVerdict.DISMISSED, START, 3);
        assertThat(reason(score(START, 3, BACKUP)))
                .isEqualTo("dismissed once, on 2023-11-14T22:13:20Z; alarms of this kind need a score above 8");
        assertThat(told(score(START, 3.01, BACKUP))).isTrue();
    }

    @Test
    void hidesAtMostTwiceTheLargestDismissedDeviationHoweverOftenItIsDismissed() {
        for (int i = 0; i < 100; i++) {
            say("i" + i, FeedbackVerdict.DISMISSED, START + i, i % 2 == 0 ? 3 : 1);
        }
        double twice = 2 * Math.log(2);
        assertThat(told(score(START + DAY, 3 + twice - 0.01, BACKUP))).isFalse();
        assertThat(told(score(START + DAY, 3 + twice + 0.01, BACKUP))).isTrue();
    }

    @Test
    void aBreakOfAnotherKindInTheSameHourIsTold() {
        say("first", FeedbackVerdict.DISMISSED, START, 3);
        say("second", FeedbackVerdict.DISMISSED, START + 1, 3);
        assertThat(told(score(START + DAY, 2, BACKUP))).isFalse();
        assertThat(told(score(START + DAY, 2, part("memory", 8, 1))))
                .as("another feature")
                .isTrue();
        assertThat(told(score(START + DAY, 2, part("disk", -20, 0.6), part("cpu", -9, 0.4))))
                .as("the other direction")
                .isTrue();
        assertThat(told(score(START + DAY, 2, part("disk", 20, 0.5), part("cpu", 9, 0.2), part("memory", 8, 0.3))))
                .as("during the backup: memory alone would be an alarm")
                .isTrue();
        assertThat(told(score(START + DAY, 2, part("disk", 20, 0.7), part("cpu", 9, 0.2), part("memory", 3, 0.1))))
                .as("during the backup: memory alone would be none")
                .isFalse();
    }

    @Test
    void anotherEntityIsNotConcerned() {
        say("first", FeedbackVerdict.DISMISSED, START, 3);
        assertThat(suppression(book, "db-2", score(START + 1, 1, BACKUP))).isNull();
    }

    @Test
    void countsFromItsEventTimeOn() {
        say("first", FeedbackVerdict.DISMISSED, START + 1_000, 3);
        assertThat(told(score(START + 999, 1, BACKUP))).isTrue();
        assertThat(told(score(START + 1_000, 1, BACKUP))).isFalse();
    }

    @Test
    void decays() {
        say("first", FeedbackVerdict.DISMISSED, START, 4);
        assertThat(told(score(START + HALF_LIFE, 1.99, BACKUP))).isFalse();
        assertThat(told(score(START + HALF_LIFE, 2.01, BACKUP))).isTrue();
        assertThat(told(score(START + 2 * HALF_LIFE, 1.01, BACKUP))).isTrue();
        assertThat(told(score(START + 7 * HALF_LIFE, 1e-9, BACKUP))).isTrue();
    }

    @Test
    void aWithdrawnJudgementCountsNoMore() {
        say("first", FeedbackVerdict.DISMISSED, START, 3);
        say("first", FeedbackVerdict.WITHDRAWN, START + DAY, 3);
        assertThat(told(score(START + DAY - 1, 1, BACKUP))).isFalse();
        assertThat(told(score(START + DAY, 1, BACKUP))).isTrue();
        say("first", FeedbackVerdict.DISMISSED, START + 2 * DAY, 3);
        assertThat(told(score(START + 2 * DAY, 1, BACKUP))).isFalse();
    }

    @Test
    void aConfirmedIncidentVoidsTheDismissalsOfItsKindBeforeIt() {
        say("first", FeedbackVerdict.DISMISSED, START, 3);
        add(feedback("other", FeedbackVerdict.CONFIRMED, START + DAY, 3, part("memory", 9, 1)));
        assertThat(told(score(START + DAY, 1, BACKUP)))
                .as("another kind was confirmed")
                .isFalse();
        say("second", FeedbackVerdict.CONFIRMED, START + 2 * DAY, 3);
        assertThat(told(score(START + 2 * DAY - 1, 1, BACKUP))).isFalse();
        assertThat(told(score(START + 2 * DAY, 1, BACKUP))).isTrue();
        say("third", FeedbackVerdict.DISMISSED, START + 3 * DAY, 3);
        assertThat(reason(score(START + 3 * DAY, 1, BACKUP))).startsWith("dismissed once");
        say("second", FeedbackVerdict.WITHDRAWN, START + 4 * DAY, 3);
        assertThat(reason(score(START + 4 * DAY, 1, BACKUP))).startsWith("dismissed 2 times");
    }

    @Test
    void anIncidentIsDismissedOnceHoweverOftenItIsSaid() {
        say("first", FeedbackVerdict.DISMISSED, START, 2);
        say("first", FeedbackVerdict.DISMISSED, START + 1, 3);
        assertThat(reason(score(START + 1, 2.9, BACKUP))).startsWith("dismissed once");
        assertThat(told(score(START + 1, 3.1, BACKUP))).isTrue();
    }

    /** The windows after a break still hold it, so they look strange although their own values are usual. */
    @Test
    void theRowsAfterABreakBelongToIt() {
        say("first", FeedbackVerdict.DISMISSED, START, 4);
        Evidence after = score(START + 1_000, 2, part("memory", 0.2, 0.9), part("disk", 0.1, 0.1));
        assertThat(told(after)).as("alone").isTrue();
        List<Cause> sinceTheBackup = judged(feedback("second", FeedbackVerdict.OTHER, START, 4, BACKUP))
                .diagnosis()
                .causes();
        assertThat(book.suppression(ENTITY, after, sinceTheBackup)).startsWith("dismissed once");
    }

    /** At its beginning a break may show only in the relation between values. */
    @Test
    void aWeakBeginningBelongsToTheBreak() {
        say("first", FeedbackVerdict.DISMISSED, START, 4);
        assertThat(told(unexpected("disk", 1.5))).isFalse();
        assertThat(told(unexpected("disk", 2.5)))
                .as("too strong for a beginning")
                .isTrue();
        assertThat(told(unexpected("memory", 1.5))).as("another feature").isTrue();
    }

    /** A score of usual values, of which one was not expected. */
    private static Evidence unexpected(String feature, double excess) {
        Evidence usual = score(START, excess);
        return new Evidence(
                usual.time(),
                usual.alarmScore(),
                usual.threshold(),
                usual.pValue(),
                1,
                List.of(new FeatureEvidence(feature, 1, 16, 11, 1, 10, 20)),
                null);
    }

    @Test
    void aBrokenRelationIsOfTheKindOfAnother() {
        Part[] none = {};
        Feedback plain = feedback("first", FeedbackVerdict.DISMISSED, START, 4, none);
        JudgedIncident judged = judged(plain);
        Cause cause = new Cause("disk", 1, 16, 11, 10, 20);
        add(new Feedback(
                plain.incident(),
                plain.verdict(),
                plain.time(),
                null,
                null,
                plain.effectiveFrom(),
                new JudgedIncident(
                        judged.identity(),
                        judged.start(),
                        judged.end(),
                        judged.peakScore(),
                        judged.threshold(),
                        judged.pValue(),
                        new Diagnosis(List.of(cause), BreakShape.CORRELATION, "relation"))));
        assertThat(told(unexpected("disk", 3.5))).isFalse();
        assertThat(told(unexpected("memory", 3.5))).isTrue();
        assertThat(told(score(START, 1, BACKUP)))
                .as("an unusual value is another kind")
                .isTrue();
    }

    @Test
    void aShapeIsOfTheKindIfItDiffersInTheSameWay() {
        Part[] pulse = {part("pulse", 2, 1)};
        add(feedback("first", FeedbackVerdict.DISMISSED, START, 4, finding(ShapeDifference.WIDTH, -3), pulse));
        assertThat(told(score(START, 3, finding(ShapeDifference.WIDTH, -5), pulse)))
                .isFalse();
        assertThat(told(score(START, 3, finding(ShapeDifference.WIDTH, 5), pulse)))
                .isTrue();
        assertThat(told(score(START, 3, finding(ShapeDifference.SHAPE, -5), pulse)))
                .isTrue();
        assertThat(told(score(START, 1, finding(ShapeDifference.SHAPE, -5), pulse)))
                .as("at the flank of the break")
                .isFalse();
        assertThat(told(score(START, 3, pulse))).isFalse();
    }

    @Test
    void aShapeIsToldIfOnlyTheValuesWereDismissed() {
        say("first", FeedbackVerdict.DISMISSED, START, 4);
        assertThat(told(score(START, 3, finding(ShapeDifference.WIDTH, 5), BACKUP)))
                .isTrue();
    }

    @Test
    void aRunOfEqualValuesIsHiddenUpToTheDismissedLength() {
        add(stuck("first", FeedbackVerdict.DISMISSED, START, 1e-10, "disk"));
        assertThat(reason(stuck(START, 1e-9, "disk")))
                .isEqualTo("dismissed once, on 2023-11-14T22:13:20Z; runs of this kind need a p-value below 1E-10");
        assertThat(told(stuck(START, 1e-11, "disk"))).isTrue();
        assertThat(told(stuck(START, 1e-9, "cpu"))).isTrue();
        assertThat(told(score(START, 0.1, part("disk", 9, 1))))
                .as("a score, no run")
                .isTrue();
    }

    @Test
    void scoresWithoutFeaturesAreOneKind() {
        add(feedback("first", FeedbackVerdict.DISMISSED, START, 3));
        assertThat(told(score(START, 2))).isFalse();
        assertThat(told(score(START, 2, BACKUP))).isTrue();
    }

    /** The order in which a job learns of judgements differs between runs; the answers must not. */
    @Test
    void theAnswersDoNotDependOnTheOrderOfArrival(RandomGenerator random) {
        for (int round = 0; round < 200; round++) {
            List<Feedback> judgements = judgements(random);
            FeedbackBook inOrder = new FeedbackBook(HALF_LIFE);
            FeedbackBook shuffled = new FeedbackBook(HALF_LIFE);
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < judgements.size(); i++) {
                inOrder.add(i, judgements.get(i));
                order.add(i);
                order.add(i);
            }
            Collections.shuffle(order, new Random(random.nextLong()));
            order.forEach(i -> shuffled.add(i, judgements.get(i)));
            assertThat(shuffled.size()).isEqualTo(inOrder.size());
            for (int i = 0; i < 50; i++) {
                Evidence score = score(START + random.nextLong(10 * WEEK), 5 * random.nextDouble(), BACKUP);
                assertThat(suppression(shuffled, ENTITY, score)).isEqualTo(suppression(inOrder, ENTITY, score));
            }
        }
    }

    private static List<Feedback> judgements(RandomGenerator random) {
        List<Feedback> judgements = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            FeedbackVerdict[] verdicts = FeedbackVerdict.values();
            judgements.add(feedback(
                    "i" + random.nextInt(5),
                    verdicts[random.nextInt(verdicts.length)],
                    START + random.nextLong(8 * WEEK),
                    4 * random.nextDouble(),
                    BACKUP));
        }
        return judgements;
    }

    @Test
    void whatIsKeptOfAnEntityIsBounded() {
        for (int i = 0; i < 3 * EntityFeedback.MOST_INCIDENTS; i++) {
            say("i" + i, FeedbackVerdict.DISMISSED, START + i, 3);
        }
        assertThat(book.size()).isEqualTo(EntityFeedback.MOST_INCIDENTS);
        for (int i = 0; i < 1_000; i++) {
            say("same", FeedbackVerdict.DISMISSED, START + i, 3);
        }
        assertThat(book.size()).isLessThan(EntityFeedback.MOST_INCIDENTS + 20);
    }

    @Test
    void withoutAHalfLifeNothingChanges() {
        FeedbackBook off = new FeedbackBook(0);
        assertThat(off.add(0, feedback("first", FeedbackVerdict.DISMISSED, START, 3, BACKUP)))
                .isFalse();
        assertThat(suppression(off, ENTITY, score(START, 1, BACKUP))).isNull();
        assertThat(off.limit(judged(feedback("first", FeedbackVerdict.DISMISSED, START, 3, BACKUP)), START))
                .isZero();
        assertThatThrownBy(() -> new FeedbackBook(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysHowStrongAnAlarmOfTheKindMustBe() {
        Feedback first = feedback("first", FeedbackVerdict.DISMISSED, START, 3, BACKUP);
        Feedback run = stuck("run", FeedbackVerdict.DISMISSED, START, Math.exp(-20), "disk");
        add(first);
        add(run);
        assertThat(book.limit(judged(first), START)).isEqualTo(3);
        assertThat(book.limit(judged(first), START + HALF_LIFE)).isEqualTo(1.5);
        assertThat(book.limit(judged(run), START)).isCloseTo(20, within(1e-9));
        say("second", FeedbackVerdict.CONFIRMED, START + DAY, 3);
        assertThat(book.limit(judged(first), START + DAY)).isZero();
    }

    private static JudgedIncident judged(Feedback feedback) {
        return Objects.requireNonNull(feedback.judged());
    }

    private void say(String incident, FeedbackVerdict verdict, long from, double excess) {
        add(feedback(incident, verdict, from, excess, BACKUP));
    }

    private void add(Feedback feedback) {
        assertThat(book.add(offset++, feedback)).isTrue();
    }

    private boolean told(Evidence evidence) {
        return reason(evidence) == null;
    }

    private @Nullable String reason(Evidence evidence) {
        return suppression(book, ENTITY, evidence);
    }

    /** The answer for the first score of an incident. */
    private static @Nullable String suppression(FeedbackBook book, String entity, Evidence evidence) {
        return book.suppression(entity, evidence, AnomalyTracker.causesWith(null, evidence));
    }

    private static ShapeFinding finding(ShapeDifference kind, float deviations) {
        return new ShapeFinding("pulse", kind, deviations, 4, 92, 46, 34, 23);
    }
}
