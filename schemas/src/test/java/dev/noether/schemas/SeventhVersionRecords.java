package dev.noether.schemas;

/** The record whose bytes the seventh version wrote into {@code src/test/resources}. */
final class SeventhVersionRecords {
    private SeventhVersionRecords() {}

    /** A score of a row at which a job does not end. */
    static Score score() {
        Score plain = SixthVersionRecords.score();
        return new Score(
                plain.detector(),
                plain.entity(),
                plain.windowStart(),
                plain.windowEnd(),
                plain.sourcePartition(),
                plain.sourceOffset(),
                plain.verdict(),
                plain.unscoredReason(),
                plain.score(),
                plain.pValue(),
                plain.threshold(),
                plain.contributions(),
                plain.imputed(),
                8,
                plain.alarmScore(),
                plain.suppressed(),
                plain.stuck(),
                plain.shapeFinding(),
                plain.modelHash(),
                plain.shadow(),
                new ScheduleFinding("cpu", ScheduleDifference.LONG, "02:00", 1_700_000_000_000L, 1_200_000, 1_320_000));
    }
}
