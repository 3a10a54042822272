package dev.noether.cli.tail;

/** Colours of a terminal; without a terminal, texts stay as they are. Immutable. */
public final class Paint {
    /** Paints nothing. */
    public static final Paint NONE = new Paint(false);

    private static final String RED = "31";
    private static final String YELLOW = "33";
    private static final String GREEN = "32";
    private static final String FAINT = "2";

    private final boolean isOn;

    private Paint(boolean isOn) {
        this.isOn = isOn;
    }

    /** Returns colours if the output is a terminal and the user has not set {@code NO_COLOR}. */
    public static Paint of(boolean isTerminal) {
        String unwanted = System.getenv("NO_COLOR");
        return isTerminal && (unwanted == null || unwanted.isEmpty()) ? new Paint(true) : NONE;
    }

    /** Returns colours always. */
    static Paint always() {
        return new Paint(true);
    }

    String red(String text) {
        return with(RED, text);
    }

    String yellow(String text) {
        return with(YELLOW, text);
    }

    String green(String text) {
        return with(GREEN, text);
    }

    String faint(String text) {
        return with(FAINT, text);
    }

    private String with(String code, String text) {
        return isOn ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
