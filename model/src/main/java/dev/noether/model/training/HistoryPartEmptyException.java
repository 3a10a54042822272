package dev.noether.model.training;

/**
 * A part of the history (training, validation, calibration or a fold) has no row or no complete window. The history has
 * enough rows, but they are spread over too many entities or runs, or over too little time.
 */
public final class HistoryPartEmptyException extends TrainingRefusedException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message which part is empty
     */
    public HistoryPartEmptyException(String message) {
        super(message);
    }

    /** Returns the exception with what a history needs. */
    HistoryPartEmptyException needing(int leastRows) {
        HistoryPartEmptyException complete = new HistoryPartEmptyException(
                getMessage() + "; a model needs at least " + leastRows + " rows of one entity without a gap");
        complete.initCause(this);
        return complete;
    }
}
