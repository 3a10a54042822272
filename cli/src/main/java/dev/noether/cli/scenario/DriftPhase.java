package dev.noether.cli.scenario;

/** A part of the time after the history in the scenario {@code drift}. */
enum DriftPhase {
    BEFORE("Monday, nothing changes", 0, 0, 24),
    SLOW("Tuesday, a slow change", 24, 24, 48),
    STEP("Wednesday, a new version from 8 to 14 o'clock", 48, 56, 62),
    AFTER_FIRST("Wednesday from 14 o'clock, after the first retraining", 62, 62, 72),
    AFTER_SECOND("Thursday, after the second retraining", 72, 72, 96);

    private static final int HISTORY_DAYS = 7;
    private static final int MINUTES_OF_HOUR = 60;
    private static final int HISTORY_MINUTES = HISTORY_DAYS * 24 * MINUTES_OF_HOUR;

    private final String title;
    private final int start;
    private final int judged;
    private final int end;

    /**
     * Creates a part.
     *
     * @param start its first hour, counted from the end of the history
     * @param judged the hour from which on its alarms are counted
     * @param end the hour at its end
     */
    DriftPhase(String title, int start, int judged, int end) {
        this.title = title;
        this.start = start;
        this.judged = judged;
        this.end = end;
    }

    /** Length of the history in minutes. */
    static int historyMinutes() {
        return HISTORY_MINUTES;
    }

    /** Length of all parts in minutes. */
    static int liveMinutes() {
        return AFTER_SECOND.end * MINUTES_OF_HOUR;
    }

    /** Its first minute. */
    long start() {
        return HISTORY_MINUTES + (long) start * MINUTES_OF_HOUR;
    }

    /** The first minute whose alarms are counted. */
    long judgedFrom() {
        return HISTORY_MINUTES + (long) judged * MINUTES_OF_HOUR;
    }

    /** The first minute after it. */
    long end() {
        return HISTORY_MINUTES + (long) end * MINUTES_OF_HOUR;
    }

    /** What happens, for a person. */
    String title() {
        return title;
    }
}
