// SPDX-License-Identifier: AGPL-3.0-or-later
// <form data-confirm="¿Cancelar el evento?">: asks in the page's own dialog (data-confirm-dialog)
// before it sends. data-confirm on a button asks for that button alone; data-confirm-detail adds a
// sentence, data-confirm-yes names the answer. A button with data-unasked only brings something into
// the form: it sends without asking. Without this script the form is simply sent.

const approved = new WeakSet();

function wording(form, submitter) {
    return submitter?.dataset.confirm ? submitter.dataset : form.dataset;
}

function fill(dialog, words) {
    dialog.querySelector("[data-confirm-title]").textContent = words.confirm;
    const detail = dialog.querySelector("[data-confirm-text]");
    detail.textContent = words.confirmDetail ?? "";
    detail.hidden = !words.confirmDetail;
    const yes = dialog.querySelector("button[value='yes']");
    yes.dataset.usual ??= yes.textContent;
    yes.textContent = words.confirmYes ?? yes.dataset.usual;
}

function ask(dialog, words) {
    fill(dialog, words);
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
        const answer = () => resolve(dialog.returnValue === "yes");
        dialog.addEventListener("close", answer, { once: true });
    });
}

// In the capture phase, so that nobody else has acted on the sending yet.
document.addEventListener(
    "submit",
    async (event) => {
        const form = event.target;
        const submitter = event.submitter;
        const words = wording(form, submitter);
        const isAsked = words.confirm && submitter?.dataset.unasked === undefined;
        if (!isAsked || approved.delete(form)) {
            return;
        }
        const dialog = document.querySelector("dialog[data-confirm-dialog]");
        if (!dialog) {
            return;
        }
        event.preventDefault();
        event.stopPropagation();
        if (await ask(dialog, words)) {
            approved.add(form);
            form.requestSubmit(submitter);
        }
    },
    true,
);
