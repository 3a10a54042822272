package dev.noether.cli.command;

import dev.noether.cli.console.Screen;
import dev.noether.flink.notify.NotifyListener;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Shows on a screen what a notifier does. A reason is shown when it appears, and not at each attempt. Thread safe. */
final class NotifyNews implements NotifyListener {
    private final Screen screen;
    private final Map<String, String> problems = new ConcurrentHashMap<>();

    NotifyNews(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void follows(String detector, String receiver, int open) {
        problems.remove(detector + " " + receiver);
        say(detector, receiver, "ready; " + (open == 1 ? "1 incident is" : open + " incidents are") + " open.");
    }

    @Override
    public void told(String detector, String receiver, Incident incident, IncidentState change) {
        problems.remove(detector + " " + receiver);
        say(detector, receiver, change.name().toLowerCase(Locale.ROOT) + ": " + incident.description());
    }

    @Override
    public void failed(String detector, String receiver, String reason, long retryMillis) {
        if (!reason.equals(problems.put(detector + " " + receiver, reason))) {
            say(detector, receiver, reason + "; it is tried again.");
        }
    }

    @Override
    public void recovered(String detector, String receiver) {
        if (problems.remove(detector + " " + receiver) != null) {
            say(detector, receiver, "answers again.");
        }
    }

    @Override
    public void gaveUp(String detector, String receiver, Incident incident, String reason) {
        say(detector, receiver, "not told of incident " + incident.id() + ": " + reason + ". " + written());
    }

    @Override
    public void unreadable(String detector, String receiver, String reason) {
        say(detector, receiver, reason + ". " + written());
    }

    private static String written() {
        return "The record is in the topic of undelivered incidents.";
    }

    private void say(String detector, String receiver, String text) {
        screen.line(detector + " → " + receiver + ": " + text);
    }
}
