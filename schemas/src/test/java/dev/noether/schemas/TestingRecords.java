package dev.noether.schemas;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random records of each kind, the odd ones among them: empty texts, other alphabets, nothing where nothing is allowed.
 */
public final class TestingRecords {
    private final RandomGenerator random;
    private final boolean isFinite;

    public TestingRecords(RandomGenerator random) {
        this(random, false);
    }

    private TestingRecords(RandomGenerator random, boolean isFinite) {
        this.random = random;
        this.isFinite = isFinite;
    }

    /** Records without infinite numbers, which JSON does not have. */
    public static TestingRecords finite(RandomGenerator random) {
        return new TestingRecords(random, true);
    }

    Observation observation() {
        return new Observation(text(), random.nextLong(), random.nextBoolean() ? positional() : named());
    }

    public Score score() {
        boolean scored = random.nextBoolean();
        return new Score(
                text(),
                text(),
                random.nextLong(),
                random.nextLong(),
                random.nextInt(),
                random.nextLong(),
                scored ? (random.nextBoolean() ? Verdict.NORMAL : Verdict.ANOMALOUS) : Verdict.UNSCORED,
                scored ? null : any(UnscoredReason.values()),
                scored ? random.nextDouble() * 100 : Double.NaN,
                scored && random.nextBoolean() ? random.nextDouble() : Double.NaN,
                scored ? random.nextDouble() : Double.NaN,
                list(() ->
                        new Contribution(text(), random.nextFloat(), number(), number(), number(), number(), number())),
                list(this::text),
                scored ? random.nextLong(1 << 20) : Score.NO_MODEL,
                scored && random.nextBoolean() ? random.nextDouble() : Double.NaN,
                random.nextBoolean() ? text() : null,
                list(() -> new StuckFeature(text(), random.nextInt(), random.nextDouble())),
                finding(),
                scored && random.nextBoolean() ? text() : null,
                scored && random.nextBoolean() ? shadowScore() : null,
                scored && random.nextBoolean() ? scheduleFinding() : null);
    }

    private ScheduleFinding scheduleFinding() {
        ScheduleDifference[] kinds = ScheduleDifference.values();
        return new ScheduleFinding(
                text(),
                kinds[random.nextInt(kinds.length)],
                "02:00",
                random.nextInt(),
                random.nextInt(1_000_000),
                random.nextInt(10_000_000));
    }

    private ShadowScore shadowScore() {
        return new ShadowScore(
                random.nextLong(),
                text(),
                any(Verdict.values()),
                random.nextBoolean() ? random.nextDouble() : Double.NaN);
    }

    public ShadowComparison shadow() {
        return new ShadowComparison(
                text(),
                new ModelIdentity(random.nextLong(), text()),
                new ModelIdentity(random.nextLong(), text()),
                new ShadowRange(random.nextLong(), random.nextLong(), random.nextBoolean()),
                new ShadowRows(
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong()),
                new ShadowAlarms(random.nextLong(), random.nextLong(), random.nextLong()),
                new ShadowFigures(number(), number(), number(), number()),
                any(ShadowOutcome.values()),
                random.nextLong());
    }

    private @Nullable ShapeFinding finding() {
        if (random.nextBoolean()) {
            return null;
        }
        return new ShapeFinding(
                text(),
                any(ShapeDifference.values()),
                number(),
                number(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt());
    }

    public Incident incident() {
        return new Incident(
                new IncidentIdentity(text(), text(), text(), any(IncidentKind.values())),
                any(IncidentState.values()),
                any(Severity.values()),
                new IncidentTimes(random.nextLong(), random.nextLong(), random.nextLong()),
                new IncidentPeak(
                        random.nextBoolean() ? random.nextDouble() : Double.NaN,
                        random.nextLong(),
                        random.nextBoolean() ? random.nextDouble() : Double.NaN,
                        random.nextBoolean() ? random.nextDouble() : Double.NaN,
                        random.nextBoolean() ? random.nextLong(1 << 20) : Score.NO_MODEL,
                        random.nextBoolean() ? text() : null),
                random.nextLong(),
                new Diagnosis(
                        list(() -> new Cause(text(), number(), number(), number(), number(), number())),
                        any(BreakShape.values()),
                        text(),
                        finding()),
                new IncidentGroup(random.nextBoolean() ? text() : null, list(this::text), random.nextInt()),
                random.nextBoolean() ? text() : null);
    }

    Feedback feedback() {
        return new Feedback(
                text(),
                any(FeedbackVerdict.values()),
                random.nextLong(),
                random.nextBoolean() ? text() : null,
                random.nextBoolean() ? text() : null,
                random.nextBoolean() ? random.nextLong() : Feedback.FROM_ITS_TIME,
                random.nextBoolean() ? JudgedIncident.of(incident()) : null);
    }

    public ModelRelease release() {
        Map<String, String> provenance = new HashMap<>();
        list(this::text).forEach(key -> provenance.put(key, text()));
        return new ModelRelease(
                text(),
                random.nextLong(),
                new ReleasedArtifact(text(), text(), random.nextLong()),
                random.nextLong(),
                random.nextLong(),
                any(ReleaseStage.values()),
                random.nextLong(),
                new ReleaseCalibration(random.nextDouble(), random.nextDouble(), random.nextLong()),
                provenance,
                random.nextBoolean() ? random.nextLong() : ModelRelease.NO_END);
    }

    public PromotionDecision decision() {
        DecisionFacts facts = new DecisionFacts(
                text(),
                new ModelIdentity(random.nextLong(1 << 20), text()),
                random.nextBoolean() ? new ModelIdentity(random.nextLong(1 << 20), text()) : null,
                text(),
                text(),
                random.nextLong(),
                list(() -> new GateFigure(text(), number(), number(), number(), random.nextBoolean(), text())));
        return switch (random.nextInt(5)) {
            case 0 -> new PromotionDecision.Promoted(facts);
            case 1 -> new PromotionDecision.Refused(facts);
            case 2 -> new PromotionDecision.Withdrawn(facts);
            case 3 -> new PromotionDecision.Shadowed(facts);
            default -> new PromotionDecision.Unknown(facts);
        };
    }

    public TrainingRun training() {
        return new TrainingRun(
                text(),
                any(TrainingCause.values()),
                any(TrainingOutcome.values()),
                random.nextLong(),
                random.nextBoolean() ? random.nextLong() : TrainingRun.NOT_ENDED,
                random.nextBoolean() ? random.nextLong(1 << 20) : Score.NO_MODEL,
                text(),
                random.nextBoolean() ? text() : null);
    }

    public TrainingRequest request() {
        return new TrainingRequest(
                text(),
                random.nextLong(),
                text(),
                random.nextBoolean() ? -random.nextLong(1L << 50) : Long.MIN_VALUE,
                random.nextBoolean() ? 1 + random.nextLong(1L << 50) : Long.MAX_VALUE);
    }

    public Rejected rejected() {
        return new Rejected(
                text(),
                random.nextInt(),
                random.nextLong(),
                random.nextLong(),
                any(RejectionReason.values()),
                text(),
                random.nextBoolean() ? bytes(20) : null,
                random.nextBoolean() ? bytes(2000) : null,
                random.nextLong());
    }

    byte[] bytes(int atMost) {
        byte[] bytes = new byte[random.nextInt(atMost + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private Features positional() {
        float[] values = new float[random.nextInt(50)];
        for (int i = 0; i < values.length; i++) {
            values[i] = number();
        }
        return new Features.Positional(random.nextLong(), values);
    }

    private Features named() {
        Map<String, Float> values = new HashMap<>();
        list(this::text).forEach(name -> values.put(name, number()));
        return new Features.Named(values);
    }

    private float number() {
        return switch (random.nextInt(10)) {
            case 0 -> Float.NaN;
            case 1 -> isFinite ? Float.MAX_VALUE : Float.NEGATIVE_INFINITY;
            case 2 -> Float.MIN_VALUE;
            case 3 -> -0.0f;
            default -> (float) random.nextGaussian();
        };
    }

    private String text() {
        int[] codePoints = new int[random.nextInt(random.nextInt(10) == 0 ? 300 : 12)];
        for (int i = 0; i < codePoints.length; i++) {
            codePoints[i] = switch (random.nextInt(5)) {
                case 0 -> random.nextInt(0x3b1, 0x3ca);
                case 1 -> random.nextInt(0x1f600, 0x1f640);
                default -> random.nextInt(1, 128);
            };
        }
        return new String(codePoints, 0, codePoints.length);
    }

    private <T> List<T> list(Supplier<T> item) {
        return Stream.generate(item).limit(random.nextInt(6)).toList();
    }

    private <T> T any(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
