package dev.segue.cli;

import dev.segue.settings.ConvertRequest;
import dev.segue.settings.ExitCode;
import dev.segue.settings.Program;
import dev.segue.settings.RegisterRequest;
import dev.segue.settings.RenderRequest;
import dev.segue.settings.Settings;
import dev.segue.settings.StatusRequest;
import dev.segue.settings.SwitchRequest;
import dev.segue.settings.WaitRequest;
import java.io.PrintStream;
import java.util.List;

/** Remembers what it was asked for. */
final class RecordedProgram implements Program {
    String did = "";
    Object given = List.of();
    ExitCode answer = ExitCode.OK;
    Runnable first = () -> {};

    @Override
    public ExitCode run(Settings settings, PrintStream out) {
        return answer("run", settings);
    }

    @Override
    public ExitCode plan(Settings settings, PrintStream out) {
        out.println("the plan");
        return answer("plan", settings);
    }

    @Override
    public ExitCode render(RenderRequest request, PrintStream out) {
        return answer("render", request);
    }

    @Override
    public ExitCode convert(ConvertRequest request, PrintStream out) {
        return answer("convert", request);
    }

    @Override
    public ExitCode status(StatusRequest request, PrintStream out) {
        out.println("the table");
        return answer("status", request);
    }

    @Override
    public ExitCode await(WaitRequest request, PrintStream out) {
        return answer("wait", request);
    }

    @Override
    public ExitCode switchOver(SwitchRequest request, PrintStream out) {
        out.println("the steps");
        return answer("switch", request);
    }

    @Override
    public ExitCode register(RegisterRequest request) {
        return answer("register", request);
    }

    private ExitCode answer(String asked, Object with) {
        first.run();
        did = asked;
        given = with;
        return answer;
    }
}
