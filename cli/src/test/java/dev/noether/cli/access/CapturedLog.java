package dev.noether.cli.access;

import java.io.StringWriter;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** All that this JVM logs at INFO and above while it is open. Thread safe. */
final class CapturedLog implements AutoCloseable {
    private final StringWriter text = new StringWriter();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final LoggerConfig root = context.getConfiguration().getRootLogger();
    private final Level level = root.getLevel();
    private final WriterAppender appender;

    CapturedLog() {
        PatternLayout layout =
                PatternLayout.newBuilder().withPattern("%p %c{1} %m%n%xEx").build();
        appender = WriterAppender.createAppender(layout, null, text, "captured", false, true);
        appender.start();
        root.addAppender(appender, null, null);
        root.setLevel(Level.INFO);
        context.updateLoggers();
    }

    String text() {
        return text.toString();
    }

    @Override
    public void close() {
        root.removeAppender("captured");
        root.setLevel(level);
        context.updateLoggers();
        appender.stop();
    }
}
