package dev.noether.lab.evaluate.measure;

/** The metrics of a detector on a series. */
public enum DetectionMetric {
    /** Volume under the surface of range-based precision and recall, on the score. */
    VUS_PR("vusPr", "VUS-PR", 3),
    /** Volume under the surface of range-based recall and fall-out, on the score. */
    VUS_ROC("vusRoc", "VUS-ROC", 3),
    /** Average precision of rows, on the score. */
    AUC_PR("aucPr", "AUC-PR", 3),
    /** Area under the receiver operating characteristic of rows, on the score. */
    AUC_ROC("aucRoc", "AUC-ROC", 3),
    /** Best harmonic mean of events found and precision of rows, on the score. */
    EVENT_F1("eventF1", "event-F1", 3),
    /** UCR score of a series with one event: 1 if the row with the largest score is near it; a mean over series. */
    UCR("ucr", "UCR score", 3),
    /** Rows by which the score is dated back for the delayed metrics. */
    RANK_DELAY("rankDelay", "rank delay", 1),
    /** {@link #VUS_PR} of the score that is dated back by {@link #RANK_DELAY}. */
    VUS_PR_DELAYED("vusPrDelayed", "VUS-PR delayed", 3),
    /** {@link #UCR} of the score that is dated back by {@link #RANK_DELAY}. */
    UCR_DELAYED("ucrDelayed", "UCR delayed", 3),
    /** Share of events found at 1 false alarm per 10,000 normal rows, on the alarm score. */
    EVENTS_AT_1("eventsAt1", "events at 1", 3),
    /** Share of events found at 10 false alarms per 10,000 normal rows, on the alarm score. */
    EVENTS_AT_10("eventsAt10", "events at 10", 3),
    /** Share of events found at 100 false alarms per 10,000 normal rows, on the alarm score. */
    EVENTS_AT_100("eventsAt100", "events at 100", 3),
    /** Median rows from an event's start to its first alarm at 1 per 10,000, over the events found. */
    DELAY_AT_1("delayAt1", "delay at 1", 1),
    /** Median rows from an event's start to its first alarm at 10 per 10,000, over the events found. */
    DELAY_AT_10("delayAt10", "delay at 10", 1),
    /** Median rows from an event's start to its first alarm at 100 per 10,000, over the events found. */
    DELAY_AT_100("delayAt100", "delay at 100", 1),
    /** Number of rows with the highest score: 1 unless the score saturates. */
    TIES_AT_TOP("tiesAtTop", "ties at top", 1),
    /** Incidents opened per event found. */
    INCIDENTS_PER_EVENT("incidentsPerEvent", "incidents per event", 2),
    /** Incidents that touch no event, per 10,000 normal rows. */
    FALSE_INCIDENTS("falseIncidentsPer10000", "false incidents", 2),
    /** Seconds for 10,000 test rows; the training of a peer is included. */
    SECONDS("secondsPer10000", "s per 10,000", 3),
    /** Seconds for the training. */
    TRAIN_SECONDS("trainSeconds", "s training", 1);

    private final String key;
    private final String title;
    private final int digits;

    DetectionMetric(String key, String title, int digits) {
        this.key = key;
        this.title = title;
        this.digits = digits;
    }

    /** The name in JSON. */
    public String key() {
        return key;
    }

    /** The name in tables. */
    public String title() {
        return title;
    }

    /** Digits behind the point in tables. */
    public int digits() {
        return digits;
    }
}
